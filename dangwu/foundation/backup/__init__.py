"""Backups of a whole site: one consistent state of every table, and the files that belong to it, in one sealed file.

The rows are told in a text that no database engine owns, so that a backup of SQLite restores into PostgreSQL and back.

    taking → snapshot, schema, queries, columns   what the database held at one moment
           → archive                              as lines, each part with its count and digest
           → sealing                              compressed, encrypted and authenticated, chunk by chunk
    restoring                                     the way back; nothing is touched before everything is verified
"""
