// In the place of postgresql.cpp where libpq is missing.

#include "database.hpp"

namespace receiver {

std::unique_ptr<Database> open_postgresql(const std::string& /*connection_file*/,
                                          Commits /*commits*/) {
    throw DatabaseError{"this receiver was built without PostgreSQL"};
}

}  // namespace receiver
