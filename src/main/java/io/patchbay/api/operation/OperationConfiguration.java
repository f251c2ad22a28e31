package io.patchbay.api.operation;

import static java.util.Map.entry;

import io.patchbay.api.ApiResponse;
import io.patchbay.api.ApiSettings;
import io.patchbay.api.Contract;
import io.patchbay.api.OperationTable;
import io.patchbay.api.security.Tokens;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.binding.Decider;
import io.patchbay.binding.Resolver;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.converge.nas.CoaAuditReader;
import io.patchbay.converge.nas.SessionDisconnect;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanPoolUses;
import io.patchbay.ledger.vlan.VlanPools;
import io.patchbay.ledger.vlan.VlanReader;
import io.patchbay.line.LineTemplates;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.session.AccountingCount;
import io.patchbay.session.AddressHolders;
import io.patchbay.session.RecordReader;
import io.patchbay.session.SessionExport;
import io.patchbay.session.SessionReader;
import io.patchbay.sighting.AuthenticationReader;
import io.patchbay.sighting.SightingReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of operations: what the contract names on the left, what does it on the right. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {
    @Bean
    OwnChanges ownChanges(ChangeFeed feed) {
        return new OwnChanges(feed);
    }

    @Bean
    TenantNames tenantNames(JdbcTemplate jdbc) {
        return new TenantNames(jdbc);
    }

    @Bean
    ExplainOperation explainOperation(
            BindingIndex index,
            Resolver resolver,
            Decider decider,
            LineTemplates templates,
            ReplyProfiles profiles,
            Dictionary dictionary,
            LedgerReader ledger,
            SightingReader sightings,
            AuthenticationReader attempts) {
        return new ExplainOperation(
                index,
                resolver,
                decider,
                new ExplainQuestion(index, templates, ledger),
                new ReplyRehearsal(profiles, dictionary),
                ledger,
                sightings,
                attempts);
    }

    @Bean
    NasClientOperations nasClientOperations(
            NasClients nasClients,
            BindingIndex index,
            ReplyProfiles profiles,
            LineTemplates templates,
            NasObservations observations,
            OwnChanges ownChanges) {
        return new NasClientOperations(nasClients, index, profiles, templates, observations, ownChanges);
    }

    @Bean
    SubscriberOperations subscriberOperations(
            LedgerReader ledger, SubscriberImport imports, ServiceChanges services, OwnChanges ownChanges) {
        return new SubscriberOperations(ledger, imports, services, ownChanges);
    }

    @Bean
    SessionOperations sessionOperations(SessionReader sessions, RecordReader records, AccountingCount count) {
        return new SessionOperations(sessions, records, count);
    }

    @Bean
    ExportOperations exportOperations(SessionExport export, ApiSettings settings) {
        return new ExportOperations(export, settings.exports());
    }

    @Bean
    NasChangeOperations nasChangeOperations(
            SessionDisconnect disconnects, ConvergenceReader convergence, CoaAuditReader audit) {
        return new NasChangeOperations(disconnects, convergence, audit);
    }

    @Bean
    VlanDomainOperations vlanDomainOperations(VlanDomains domains) {
        return new VlanDomainOperations(domains);
    }

    @Bean
    VlanPoolOperations vlanPoolOperations(
            VlanPools pools, VlanPoolUses uses, VlanDomains domains, TenantNames tenants) {
        return new VlanPoolOperations(pools, uses, domains, tenants);
    }

    @Bean
    VlanBindingOperations vlanBindingOperations(
            VlanBindings bindings,
            VlanReader reader,
            VlanDomains domains,
            VlanPools pools,
            ExportOperations exports,
            OwnChanges ownChanges) {
        return new VlanBindingOperations(bindings, reader, domains, pools, exports, ownChanges);
    }

    @Bean
    OperationTable operationTable(
            Contract contract,
            ExplainOperation explain,
            SubscriberOperations subscribers,
            NasClientOperations nasClients,
            SessionOperations sessions,
            ExportOperations exports,
            AddressHolders addressHolders,
            NasChangeOperations nasChanges,
            VlanDomainOperations vlanDomains,
            VlanPoolOperations vlanPools,
            VlanBindingOperations vlans,
            SightingReader sightingReader,
            AuthenticationReader authenticationReader,
            Tokens tokenStore,
            TenantNames tenants) {
        var sightings = new SightingOperations(sightingReader);
        var holders = new AddressHolderOperation(addressHolders, InstantSource.system());
        var authentications = new AuthenticationOperations(authenticationReader);
        var tokens = new TokenOperations(tokenStore, tenants);
        byte[] contractJson = contract.json().getBytes(StandardCharsets.UTF_8);
        return new OperationTable(Map.ofEntries(
                entry("getContract", request -> ApiResponse.ok(contractJson)),
                entry("importSubscribers", subscribers::importCsv),
                entry("listSubscribers", subscribers::list),
                entry("getSubscriber", subscribers::get),
                entry("setServiceState", subscribers::setState),
                entry("listLines", subscribers::listLines),
                entry("getLine", subscribers::getLine),
                entry("explain", explain::explain),
                entry("listSightings", sightings::list),
                entry("countAccountingRecords", sessions::countRecords),
                entry("exportAccountingRecords", exports::records),
                entry("findAddressHolders", holders::find),
                entry("listSessions", sessions::list),
                entry("exportSessions", exports::sessions),
                entry("getSession", sessions::get),
                entry("listSessionRecords", sessions::listRecords),
                entry("disconnectSession", nasChanges::disconnect),
                entry("getServiceConvergence", nasChanges::convergence),
                entry("retryServiceConvergence", nasChanges::retry),
                entry("listCoaAttempts", nasChanges::attempts),
                entry("listAuthentications", authentications::list),
                entry("listVlanDomains", vlanDomains::list),
                entry("createVlanDomain", vlanDomains::create),
                entry("getVlanDomain", vlanDomains::get),
                entry("updateVlanDomain", vlanDomains::update),
                entry("deleteVlanDomain", vlanDomains::delete),
                entry("listVlanExclusions", vlanDomains::listExclusions),
                entry("addVlanExclusion", vlanDomains::exclude),
                entry("removeVlanExclusion", vlanDomains::readmit),
                entry("listVlanPools", vlanPools::list),
                entry("createVlanPool", vlanPools::create),
                entry("getVlanPool", vlanPools::get),
                entry("updateVlanPool", vlanPools::update),
                entry("deleteVlanPool", vlanPools::delete),
                entry("getVlanPoolUse", vlanPools::use),
                entry("addVlanRange", vlanPools::addRange),
                entry("changeVlanRange", vlanPools::changeRange),
                entry("removeVlanRange", vlanPools::removeRange),
                entry("getServiceVlan", vlans::get),
                entry("bindServiceVlan", vlans::bind),
                entry("releaseServiceVlan", vlans::release),
                entry("moveServiceVlan", vlans::move),
                entry("listVlans", vlans::list),
                entry("exportVlans", vlans::export),
                entry("listFormerVlans", vlans::listFormer),
                entry("listNasClients", nasClients::list),
                entry("createNasClient", nasClients::create),
                entry("getNasClient", nasClients::get),
                entry("updateNasClient", nasClients::update),
                entry("rotateNasSecret", nasClients::rotateSecret),
                entry("dropOldNasSecret", nasClients::dropOldSecret),
                entry("forgetNasSigning", nasClients::forgetSigning),
                entry("listTokens", tokens::list),
                entry("createToken", tokens::create),
                entry("revokeToken", tokens::revoke)));
    }
}
