#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include <hdf5.h>
#include <hdf5_hl.h>

#include "base/error.hpp"
#include "io/hdf5.hpp"
#include "io/hdf5_dataset.hpp"
#include "io/hdf5_descriptor.hpp"
#include "io/hdf5_handle.hpp"

namespace firebreak {
namespace {

constexpr std::size_t cached_metadata = 2'097'152;  // [bytes]

std::size_t size_of(const StoredValues& values) {
    return std::visit([](const auto& all) { return all.size(); }, values);
}

/// A variable that is written row by row. Rows wait until a chunk of them is full, so that each
/// chunk is compressed once and the library holds none.
class Column {
  public:
    /// `row` shows the type and the size of a row.
    Column(const StoredVariable& row, Hdf5Handle dataset, StoredShape shape, std::uint64_t together)
        : name_(row.name),
          dataset_(std::move(dataset)),
          shape_(std::move(shape)),
          together_(together),
          held_(row.values) {
        std::visit([](auto& held) { held.clear(); }, held_);
    }

    bool is_complete() const { return written_ == shape_.front(); }

    void append(const StoredVariable& row) {
        check_stored(row.name == name_ && row.values.index() == held_.index() &&
                         size_of(row.values) * shape_.front() == values_in(shape_) &&
                         !is_complete(),
                     name_ + ": a row does not fit");
        std::visit(
            [&](auto& held) {
                const auto& values = std::get<std::decay_t<decltype(held)>>(row.values);
                held.insert(held.end(), values.begin(), values.end());
            },
            held_);
        ++rows_held_;
        if (rows_held_ < together_ && written_ + rows_held_ < shape_.front()) return;
        write_rows(dataset_, name_, shape_, written_, held_);
        written_ += std::exchange(rows_held_, 0);
        std::visit([](auto& held) { held.clear(); }, held_);
    }

  private:
    std::string name_;
    Hdf5Handle dataset_;
    StoredShape shape_;
    std::uint64_t together_;
    StoredValues held_;
    std::uint64_t rows_held_ = 0;
    std::uint64_t written_ = 0;
};

bool is_coordinate(const StoredVariable& variable) {
    return variable.dimensions.size() == 1 && variable.dimensions.front() == variable.name;
}

/// Writes one group; sizes of its dimensions come from its coordinates.
class GroupWriter {
  public:
    GroupWriter(std::int64_t group, const LongAxis& axis) : group_(group), axis_(axis) {}

    void write(const StoredGroup& content) {
        for (const StoredAttribute& attribute : content.attributes) {
            write_attribute(group_, attribute);
        }
        for (const StoredVariable& variable : content.variables) write_variable(variable);
    }

    std::vector<Column> take_columns() { return std::move(columns_); }

  private:
    bool comes_in_rows(const StoredVariable& variable) const {
        return !variable.dimensions.empty() && variable.dimensions.front() == axis_.dimension;
    }

    void write_variable(const StoredVariable& variable) {
        const bool in_rows = comes_in_rows(variable);
        const std::uint64_t size = size_of(variable.values) * (in_rows ? axis_.length : 1);
        if (is_coordinate(variable)) sizes_[variable.name] = size;
        StoredShape shape;
        for (const std::string& dimension : variable.dimensions) {
            check_stored(sizes_.count(dimension) == 1,
                         variable.name + " has no coordinate " + dimension);
            shape.push_back(sizes_.at(dimension));
        }
        check_stored(!shape.empty() && values_in(shape) == size,
                     variable.name + " does not fill its dimensions");

        const std::uint64_t together =
            in_rows ? rows_together(shape, stored_bytes(variable.values) / size_of(variable.values))
                    : shape.front();
        Hdf5Handle dataset =
            create_dataset(group_, variable.name, shape, variable.values, together);
        if (!in_rows) write_rows(dataset, variable.name, shape, 0, variable.values);
        if (is_coordinate(variable)) {
            check_stored(H5DSset_scale(dataset.get(), variable.name.c_str()) >= 0, variable.name);
        } else {
            attach(variable, dataset.get());
        }
        for (const StoredAttribute& attribute : variable.attributes) {
            write_attribute(dataset.get(), attribute);
        }
        if (is_coordinate(variable)) {
            // Its rows come through a second handle.
            check_stored(H5Iinc_ref(dataset.get()) > 0, variable.name);
            coordinates_[variable.name] = Hdf5Handle(dataset.get(), H5Dclose);
        }
        if (in_rows) columns_.emplace_back(variable, std::move(dataset), shape, together);
    }

    void attach(const StoredVariable& variable, std::int64_t dataset) {
        for (std::size_t axis = 0; axis < variable.dimensions.size(); ++axis) {
            const Hdf5Handle& coordinate = coordinates_.at(variable.dimensions[axis]);
            check_stored(
                H5DSattach_scale(dataset, coordinate.get(), static_cast<unsigned>(axis)) >= 0,
                variable.name);
        }
    }

    std::int64_t group_;
    const LongAxis& axis_;
    std::map<std::string, std::size_t> sizes_;
    std::map<std::string, Hdf5Handle> coordinates_;
    std::vector<Column> columns_;
};

void set_group_order(const Hdf5Handle& list) {
    constexpr unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check_stored(H5Pset_link_creation_order(list.get(), order) >= 0, "link order");
    check_stored(H5Pset_attr_creation_order(list.get(), order) >= 0, "attribute order");
    check_stored(H5Pset_obj_track_times(list.get(), false) >= 0, "times");
}

/// What the library remembers of where things lie does not grow with the file.
void limit_metadata(const Hdf5Handle& access) {
    H5AC_cache_config_t config{};
    config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
    check_stored(H5Pget_mdc_config(access.get(), &config) >= 0, "cache");
    config.set_initial_size = true;
    config.initial_size = config.min_size = config.max_size = cached_metadata;
    check_stored(H5Pset_mdc_config(access.get(), &config) >= 0, "cache");
}

Hdf5Handle create_file(Hdf5Descriptor& descriptor) {
    const Hdf5Handle access = write_access(descriptor);
    limit_metadata(access);
    check_stored(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0,
                 "version");
    check_stored(H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI) >= 0, "close degree");
    const Hdf5Handle creation = stored_handle(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file list");
    set_group_order(creation);
    return stored_handle(H5Fcreate("by descriptor", H5F_ACC_TRUNC, creation.get(), access.get()),
                         H5Fclose, "file");
}

}  // namespace

void silence_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

struct Hdf5Writer::File {
    // The descriptor goes last: closing the file writes to it.
    Hdf5Descriptor descriptor;
    std::filesystem::path path;
    LongAxis axis;
    Hdf5Handle id;
    std::map<std::string, std::vector<Column>> columns;

    void check_disk() const {
        if (descriptor.error == 0) return;
        throw SystemError(path.string(),
                          "cannot write: " + std::generic_category().message(descriptor.error));
    }
};

Hdf5Writer::Hdf5Writer(int descriptor, const std::filesystem::path& path, LongAxis axis)
    : file_(std::make_unique<File>()) {
    silence_hdf5();
    file_->descriptor.number = descriptor;
    file_->path = path;
    file_->axis = std::move(axis);
    file_->id = create_file(file_->descriptor);
    file_->check_disk();
}

Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::add(const StoredGroup& group) {
    Hdf5Handle made;
    if (!group.name.empty()) {
        const Hdf5Handle list = stored_handle(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "group list");
        set_group_order(list);
        made = stored_handle(
            H5Gcreate2(file_->id.get(), group.name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
            H5Gclose, group.name);
    }
    GroupWriter writer(group.name.empty() ? file_->id.get() : made.get(), file_->axis);
    writer.write(group);
    file_->columns[group.name] = writer.take_columns();
    file_->check_disk();
}

void Hdf5Writer::append(const std::string& group, const std::vector<StoredVariable>& rows) {
    std::vector<Column>& columns = file_->columns.at(group);
    EXPECT(rows.size() == columns.size(), "a row for each variable");
    for (std::size_t position = 0; position < rows.size(); ++position) {
        columns[position].append(rows[position]);
        file_->check_disk();
    }
}

void Hdf5Writer::close() {
    for (const auto& [group, columns] : file_->columns) {
        for (const Column& column : columns) check_stored(column.is_complete(), "a row is missing");
    }
    file_->columns.clear();
    check_stored(file_->id.reset(), "an identifier was left open");
    file_->check_disk();
}

}  // namespace firebreak
