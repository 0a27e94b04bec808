# firebreak_rank_test(<label> <name> <ranks> COMMAND...): a test under mpirun; skipped with a word where there is none.
# As root, on fewer processors than ranks and in a container without ssh, OpenMPI wants to be told that this is meant.
set(firebreak_mpi_environment
  OMPI_ALLOW_RUN_AS_ROOT=1
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1
  OMPI_MCA_hwloc_base_binding_policy=none
  OMPI_MCA_plm_rsh_agent=
  OMPI_MCA_btl=self,vader
  OMPI_MCA_pml=ob1
  OMPI_MCA_btl_vader_single_copy_mechanism=none)

function(firebreak_rank_test label name ranks)
  if(NOT MPI_C_FOUND OR NOT MPIEXEC_EXECUTABLE)
    add_test(NAME ${name} COMMAND "${CMAKE_COMMAND}" -E echo "skipped: this build has no MPI, or there is no mpirun")
    set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped:" LABELS ${label})
    return()
  endif()
  add_test(NAME ${name} COMMAND "${MPIEXEC_EXECUTABLE}" "${MPIEXEC_NUMPROC_FLAG}" ${ranks} ${ARGN})
  set_tests_properties(${name} PROPERTIES
    ENVIRONMENT "${firebreak_mpi_environment}" LABELS ${label} PROCESSORS 2 TIMEOUT 120)
endfunction()
