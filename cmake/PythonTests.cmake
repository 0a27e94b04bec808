# Finds a Python that has what the tests import. The first python3 in PATH often is not the one the packages were
# installed for, so candidates are tried in turn: FIREBREAK_PYTHON, the active virtual environment, PATH, Debian's.
set(FIREBREAK_PYTHON "" CACHE FILEPATH "Python with numpy, h5py, xarray, h5netcdf, netCDF4, matplotlib, pandas, scipy and pytest")
set(firebreak_python_modules numpy h5py xarray h5netcdf netCDF4 matplotlib pandas scipy pytest)

function(firebreak_find_python result)
  find_program(firebreak_python_in_path python3 NO_CACHE)
  list(JOIN firebreak_python_modules ", " modules)
  set(candidates "${FIREBREAK_PYTHON}" "$ENV{VIRTUAL_ENV}/bin/python3" "${firebreak_python_in_path}" /usr/bin/python3)
  foreach(candidate IN LISTS candidates)
    if(candidate AND EXISTS "${candidate}")
      execute_process(COMMAND "${CMAKE_COMMAND}" -E env PYTHONNOUSERSITE=1 "${candidate}" -c "import ${modules}"
        RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
      if(NOT failed)
        set(${result} "${candidate}" PARENT_SCOPE)
        message(STATUS "Python for tests: ${candidate}")
        return()
      endif()
    endif()
  endforeach()
  set(${result} "" PARENT_SCOPE)
  message(STATUS "Python for tests: none has ${modules}; the Python tests are skipped (set FIREBREAK_PYTHON)")
endfunction()

# firebreak_python_test(<label> <file> [NAME=VALUE]...): one ctest per pytest file, with what it needs in its environment.
function(firebreak_python_test label file)
  get_filename_component(stem "${file}" NAME_WE)
  set(name ${label}.${stem})
  if(NOT firebreak_test_python)
    add_test(NAME ${name} COMMAND "${CMAKE_COMMAND}" -E echo "skipped: no Python with ${firebreak_python_modules}")
    set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped:" LABELS ${label})
    return()
  endif()
  add_test(NAME ${name} COMMAND "${firebreak_test_python}" -m pytest -p no:cacheprovider -q "${file}"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set(environment
    "FIREBREAK_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
    "PYTHONPATH=${PROJECT_SOURCE_DIR}/analysis"
    PYTHONNOUSERSITE=1
    PYTHONDONTWRITEBYTECODE=1
    MPLBACKEND=Agg
    ${ARGN})
  if(TARGET firebreak)
    list(APPEND environment "FIREBREAK_BINARY=$<TARGET_FILE:firebreak>")
  endif()
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}" LABELS ${label} TIMEOUT 900)
endfunction()
