#include <iostream>

#include "command/commands.hpp"
#include "io/results.hpp"
#include "io/results_csv.hpp"
#include "io/results_reader.hpp"
#include "io/text.hpp"

namespace firebreak {

int show(Arguments& arguments) {
    const ResultsReader file(arguments.input);
    const bool all_points = file.heading().points > 1 && !arguments.point;
    std::cout << (all_points ? points_summary_text(file, arguments.outcomes, arguments.reference)
                             : results_text(read_results(arguments.input, arguments.point),
                                            arguments.outcomes, arguments.reference));
    return success;
}

int compare(Arguments& arguments) {
    std::cout << comparison_text(read_results(arguments.input, arguments.point), arguments.regime,
                                 arguments.reference);
    return success;
}

int export_table(Arguments& arguments) {
    const ResultsReader file(arguments.input);
    const ResultTable table =
        arguments.measures
            ? (arguments.differences ? ResultTable::measure_differences : ResultTable::measures)
            : (arguments.differences ? ResultTable::differences : ResultTable::probabilities);
    write_csv(arguments.output, file, table, arguments.force);
    return success;
}

}  // namespace firebreak
