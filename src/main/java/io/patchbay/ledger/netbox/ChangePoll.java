package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.netbox.Change;
import io.patchbay.netbox.Changes;
import io.patchbay.netbox.CustomFields;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What webhooks did not bring: NetBox's own log of changes, followed with a stored cursor. */
public final class ChangePoll {
    private static final Logger LOG = LoggerFactory.getLogger(ChangePoll.class);
    private static final int PAGES_A_TURN = 50;

    private final NetBox netBox;
    private final ChangeInbox inbox;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public ChangePoll(NetBox netBox, ChangeInbox inbox, JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.netBox = netBox;
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @return how many changes of others were heard of */
    public int poll() {
        int heard = 0;
        for (int page = 0; page < PAGES_A_TURN; page++) {
            Long cursor = jdbc.queryForObject("select cursor from netbox_state", Long.class);
            NetBoxOutcome<Changes> outcome = cursor == null ? begin() : netBox.changes(cursor);
            if (!(outcome instanceof NetBoxOutcome.Done<Changes> done)) {
                LOG.debug("The changes in NetBox cannot be asked for: {}", outcome.reason());
                return heard;
            }
            Changes changes = done.value();
            transaction.executeWithoutResult(status -> {
                changes.changes().forEach(this::put);
                jdbc.update("update netbox_state set cursor = ?, polled_at = now()", changes.cursor());
            });
            heard += changes.changes().size();
            if (!changes.more()) {
                break;
            }
        }
        return heard;
    }

    /** What changed before there was a hub is of no concern: it is swept. */
    private NetBoxOutcome<Changes> begin() {
        return netBox.newestChange().map(newest -> new Changes(java.util.List.of(), newest, false));
    }

    private void put(Change change) {
        if (!ChangeIngestion.CONCERNED.contains(change.type())) {
            return;
        }
        CustomFields names = netBox.customFields();
        JsonNode custom = (change.before() == null ? change.after() : change.before()).path("custom_fields");
        inbox.put(
                change.type(),
                change.objectId(),
                custom.path(names.key()).asText(null),
                custom.path(names.service()).asText(null),
                ChangeInbox.HeardBy.POLL);
    }
}
