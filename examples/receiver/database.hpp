/// @file
/// What the store needs of a database. The SQL of store.hpp is the same for all of them, but for a
/// Dialect.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace receiver {

/// Bytes that are no text.
struct Bytes {
    std::string bytes;
};

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;  ///< monostate: NULL.
using Row = std::vector<Value>;

/// The database is away, or can't do what it was asked for. Its text holds nothing of a body.
struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Where the databases differ.
struct Dialect {
    std::string_view begin;             ///< Starts a transaction that is going to write.
    std::string_view schema;            ///< Creates what is not there yet.
    std::string_view lock = {};         ///< Behind SELECT: nobody else gets these rows meanwhile.
    std::string_view skip_locked = {};  ///< The same, without those that others have.
};

/// When a commit is on the disk.
enum class Commits {
    synced,  ///< Before it returns.
    later,   ///< Soon. A crash may undo the last ones, but none before one that stays.
};

/// A connection, for one thread.
class Database {
  public:
    virtual ~Database() = default;

    [[nodiscard]] virtual const Dialect& dialect() const = 0;

    /// Executes the statement once for each row of parameters ($1, $2, … in order of appearance).
    /// Returns the rows of all results. Connects again if the connection was lost.
    /// @throws DatabaseError
    virtual std::vector<Row> execute(std::string_view sql, std::span<const Row> parameters) = 0;

    std::vector<Row> execute(std::string_view sql, const Row& parameters = {}) {
        return execute(sql, std::span{&parameters, 1});
    }
};

/// A transaction. Is undone unless it is committed.
class Transaction {
  public:
    explicit Transaction(Database& database) : database_(database) {
        database_.execute(database_.dialect().begin);
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (committed_) return;
        try {
            database_.execute("ROLLBACK");
        } catch (const std::exception&) {
            // Without a connection there is no transaction either.
        }
    }

    void commit() {
        database_.execute("COMMIT");
        committed_ = true;
    }

  private:
    Database& database_;
    bool committed_ = false;
};

/// @param where `sqlite:PATH`, or `postgresql:FILE` with the connection string in the file
/// @throws DatabaseError
std::unique_ptr<Database> open_database(std::string_view where, Commits commits);

/// @{
/// The two that open_database chooses from.
std::unique_ptr<Database> open_sqlite(const std::string& path, Commits commits);
std::unique_ptr<Database> open_postgresql(const std::string& connection_file, Commits commits);
/// @}

}  // namespace receiver
