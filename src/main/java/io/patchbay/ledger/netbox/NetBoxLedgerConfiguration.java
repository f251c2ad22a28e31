package io.patchbay.ledger.netbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.netbox.NetBox;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans between ledger and NetBox; those of {@code poll-netbox.camel.yaml} under the names that it has for them. */
@Configuration(proxyBeanMethods = false)
class NetBoxLedgerConfiguration {
    @Bean
    NetBoxConflicts netBoxConflicts(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new NetBoxConflicts(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    AddressAuthority netBoxAddressAuthority(NetBox netBox, JdbcTemplate jdbc) {
        return new NetBoxAddressAuthority(netBox, jdbc);
    }

    @Bean
    NetBoxVlans netBoxVlans(NetBox netBox, JdbcTemplate jdbc) {
        return new NetBoxVlans(netBox, jdbc);
    }

    @Bean
    ChangeInbox changeInbox(JdbcTemplate jdbc) {
        return new ChangeInbox(jdbc);
    }

    @Bean
    WebhookReader webhookReader(NetBox netBox, ChangeInbox inbox, MeterRegistry meters) {
        return new WebhookReader(netBox, inbox, meters);
    }

    @Bean
    ChangePoll changePoll(
            NetBox netBox, ChangeInbox inbox, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new ChangePoll(netBox, inbox, jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    BlockSources blockSources(
            NetBox netBox,
            JdbcTemplate jdbc,
            AddressPools pools,
            PoolParts parts,
            NetBoxConflicts conflicts,
            ChangeInbox inbox) {
        return new BlockSources(netBox, jdbc, pools, parts, conflicts, inbox);
    }

    @Bean
    GivenChanges givenChanges(
            NetBox netBox,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            NetBoxConflicts conflicts) {
        return new GivenChanges(netBox, jdbc, new TransactionTemplate(transactions), events, conflicts);
    }

    @Bean
    ChangeIngestion changeIngestion(
            NetBox netBox,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            NetBoxConflicts conflicts,
            ChangeInbox inbox,
            GivenChanges givenChanges,
            BlockSources blocks,
            MirrorRepair mirror,
            MeterRegistry meters) {
        return new ChangeIngestion(
                inbox,
                new ChangedObjects(
                        netBox,
                        new GivenObjects(jdbc),
                        givenChanges,
                        new ForeignObjects(jdbc, new TransactionTemplate(transactions), events, conflicts),
                        blocks,
                        mirror,
                        conflicts),
                meters);
    }

    @Bean
    ConflictResolution conflictResolution(
            NetBox netBox,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            NetBoxConflicts conflicts,
            GivenChanges changes,
            PoolParts parts,
            ChangeInbox inbox,
            MirrorRepair mirror) {
        return new ConflictResolution(
                netBox, jdbc, new TransactionTemplate(transactions), events, conflicts, changes, parts, inbox, mirror);
    }

    @Bean
    LedgerSweep netBoxLedgerSweep(NetBox netBox, JdbcTemplate jdbc, BlockSources blocks, NetBoxVlans vlans) {
        return new LedgerSweep(netBox, jdbc, new Parking(netBox, jdbc), vlans, blocks);
    }

    @Bean
    FollowState followState(JdbcTemplate jdbc) {
        return new FollowState(jdbc);
    }

    @Bean
    WakeRoutes wakeNetBoxRoutes(ObjectProvider<ProducerTemplate> camel) {
        return new WakeRoutes(camel);
    }
}
