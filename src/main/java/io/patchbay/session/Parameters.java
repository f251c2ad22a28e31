package io.patchbay.session;

import io.patchbay.wire.Octets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

/** Fills a statement's parameters from left to right. */
final class Parameters {
    private final PreparedStatement statement;
    private int index;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    Parameters next(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    /** @param value 0 for null */
    Parameters nextId(long value) throws SQLException {
        if (value == 0) {
            statement.setNull(++index, Types.BIGINT);
            return this;
        }
        return next(value);
    }

    Parameters next(int value) throws SQLException {
        statement.setInt(++index, value);
        return this;
    }

    Parameters next(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Parameters next(String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Parameters next(Octets value) throws SQLException {
        statement.setBytes(++index, value == null ? null : value.toByteArray());
        return this;
    }

    Parameters next(Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(++index, value.atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    Parameters next(Traffic traffic) throws SQLException {
        return next(traffic.bytesDown())
                .next(traffic.bytesUp())
                .next(traffic.packetsDown())
                .next(traffic.packetsUp())
                .next(traffic.ipv6BytesDown())
                .next(traffic.ipv6BytesUp())
                .next(traffic.ipv6PacketsDown())
                .next(traffic.ipv6PacketsUp());
    }

    void addBatch() throws SQLException {
        statement.addBatch();
        index = 0;
    }
}
