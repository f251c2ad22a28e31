package io.patchbay.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A record with what its session says of whom it is about; that is null when the session is no longer kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportedRecord(
        @JsonUnwrapped RecordView told, String nas, String acctSessionId, Long serviceId, String userName) {
    static final String SELECT = """
            select r.*, s.nas_name, s.acct_session_id, s.service_id, s.user_name
            from accounting_record r left join session s on s.id = r.session_id where true""";

    static ExportedRecord of(ResultSet row) throws SQLException {
        return new ExportedRecord(
                RecordReader.view(row),
                row.getString("nas_name"),
                SessionViews.display(SessionViews.octets(row, "acct_session_id")),
                SessionViews.number(row, "service_id"),
                row.getString("user_name"));
    }
}
