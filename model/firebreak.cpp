// The program: reads the command line, calls a subcommand and turns what goes wrong into exit
// codes. Everything else lives in the layers below.
#include <exception>
#include <iostream>
#include <new>

#include "base/error.hpp"
#include "command/arguments.hpp"

int main(int argc, char** argv) {
    using namespace firebreak;
    try {
        Arguments arguments;
        const Parsed parsed = parse_arguments(argc, argv, arguments);
        if (parsed.command == nullptr) return parsed.exit_code;
        const int code = parsed.command(arguments);
        if (!std::cout.flush()) {
            std::cerr << "firebreak: cannot write to the standard output\n";
            return failure;
        }
        return code;
    } catch (const InputError& error) {
        std::cerr << error.what() << "\n";
        return bad_input;
    } catch (const std::bad_alloc&) {
        std::cerr << "firebreak: out of memory\n";
    } catch (const std::exception& error) {
        std::cerr << "firebreak: " << error.what() << "\n";
    }
    return failure;
}
