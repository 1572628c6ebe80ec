#include <sqlite3.h>

#include <chrono>
#include <map>
#include <thread>

#include "database.hpp"

namespace receiver {

namespace {

constexpr Dialect sqlite_dialect{.begin = "BEGIN IMMEDIATE", .schema = R"(
        CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, received INTEGER NOT NULL,
            body BLOB, redacted TEXT, findings TEXT);
        CREATE INDEX IF NOT EXISTS message_waiting ON message (id)
            WHERE body IS NOT NULL AND findings IS NULL;
        CREATE INDEX IF NOT EXISTS message_set_aside ON message (id) WHERE findings IS NOT NULL;
        CREATE TABLE IF NOT EXISTS state (integration TEXT PRIMARY KEY, sealed BLOB);
        CREATE TABLE IF NOT EXISTS entity (integration TEXT, kind TEXT, id TEXT,
            received INTEGER NOT NULL, PRIMARY KEY (integration, kind, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS health (id INTEGER PRIMARY KEY, checks INTEGER NOT NULL))"};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};

/// Others hold the lock for a few milliseconds at most; SQLite's own handler sleeps longer.
int wait_for_lock(void* /*unused*/, int times) {
    std::this_thread::sleep_for(std::chrono::microseconds{200});
    return static_cast<int>(times < 15'000);
}

class Sqlite final : public Database {
  public:
    Sqlite(const std::string& path, Commits commits) {
        sqlite3* opened = nullptr;
        const int status = sqlite3_open(path.c_str(), &opened);
        database_.reset(opened);
        check(status);
        sqlite3_busy_handler(opened, wait_for_lock, nullptr);
        run("PRAGMA journal_mode = WAL");
        if (commits == Commits::synced) {
            run("PRAGMA synchronous = FULL");
            // Writing the log's content into the database is left to the others, while they can.
            run("PRAGMA wal_autocheckpoint = 4000");
        } else {
            run("PRAGMA synchronous = NORMAL");
            run("PRAGMA wal_autocheckpoint = 1000");
        }
        run(std::string{sqlite_dialect.schema}.c_str());
    }

    [[nodiscard]] const Dialect& dialect() const override { return sqlite_dialect; }

    using Database::execute;
    std::vector<Row> execute(std::string_view sql, std::span<const Row> parameters) override {
        std::vector<Row> rows;
        sqlite3_stmt* const statement = prepared(sql);
        for (const Row& row : parameters) {
            const Reset reset{statement};
            for (std::size_t i = 0; i != row.size(); ++i)
                check(bind(statement, static_cast<int>(i) + 1, row[i]));
            int status = SQLITE_OK;
            while ((status = sqlite3_step(statement)) == SQLITE_ROW)
                rows.push_back(row_of(statement));
            if (status != SQLITE_DONE) check(status);
        }
        return rows;
    }

  private:
    struct Reset {
        ~Reset() { sqlite3_reset(statement); }
        sqlite3_stmt* statement;
    };

    void check(int status) const {
        // Its texts are about statements, files and the disk.
        if (status != SQLITE_OK) throw DatabaseError{sqlite3_errmsg(database_.get())};
    }

    void run(const char* sql) {
        check(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr));
    }

    sqlite3_stmt* prepared(std::string_view sql) {
        auto found = statements_.find(sql);
        if (found == statements_.end()) {
            sqlite3_stmt* statement = nullptr;
            check(sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                     &statement, nullptr));
            found = statements_.try_emplace(std::string{sql}, statement).first;
        }
        return found->second.get();
    }

    /// The values live longer than the statement's execution.
    static int bind(sqlite3_stmt* statement, int at, const Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value))
            return sqlite3_bind_int64(statement, at, *number);
        if (const auto* text = std::get_if<std::string>(&value))
            return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC,
                                       SQLITE_UTF8);
        if (const auto* bytes = std::get_if<Bytes>(&value))
            return sqlite3_bind_blob64(statement, at, bytes->bytes.data(), bytes->bytes.size(),
                                       SQLITE_STATIC);
        return sqlite3_bind_null(statement, at);
    }

    static Row row_of(sqlite3_stmt* statement) {
        Row row;
        for (int at = 0; at != sqlite3_column_count(statement); ++at) {
            const int type = sqlite3_column_type(statement, at);
            if (type == SQLITE_NULL) {
                row.emplace_back();
            } else if (type == SQLITE_INTEGER) {
                row.emplace_back(std::int64_t{sqlite3_column_int64(statement, at)});
            } else {
                const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, at));
                std::string text(data == nullptr ? "" : data,
                                 static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
                row.push_back(type == SQLITE_BLOB ? Value{Bytes{std::move(text)}}
                                                  : Value{std::move(text)});
            }
        }
        return row;
    }

    std::unique_ptr<sqlite3, Close> database_;
    std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, Commits commits) {
    return std::make_unique<Sqlite>(path, commits);
}

}  // namespace receiver
