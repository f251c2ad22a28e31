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
import io.patchbay.converge.netbox.MirrorState;
import io.patchbay.ledger.AccessNodeChanges;
import io.patchbay.ledger.AuditReader;
import io.patchbay.ledger.CredentialChanges;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.PlanChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.ServiceCreation;
import io.patchbay.ledger.ServiceReader;
import io.patchbay.ledger.SubscriberChanges;
import io.patchbay.ledger.SubscriberImport;
import io.patchbay.ledger.TenantChanges;
import io.patchbay.ledger.address.AddressLookup;
import io.patchbay.ledger.address.AddressSearch;
import io.patchbay.ledger.ipv6.Ipv6Lifecycle;
import io.patchbay.ledger.ipv6.Ipv6Reader;
import io.patchbay.ledger.netbox.BlockSources;
import io.patchbay.ledger.netbox.ConflictResolution;
import io.patchbay.ledger.netbox.FollowState;
import io.patchbay.ledger.netbox.NetBoxConflicts;
import io.patchbay.ledger.netbox.WakeRoutes;
import io.patchbay.ledger.netbox.WebhookReader;
import io.patchbay.ledger.selfservice.AddressRequests;
import io.patchbay.ledger.selfservice.Ipv6States;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanPoolUses;
import io.patchbay.ledger.vlan.VlanPools;
import io.patchbay.ledger.vlan.VlanReader;
import io.patchbay.ledger.workflow.Orders;
import io.patchbay.ledger.workflow.UnknownLines;
import io.patchbay.ledger.workflow.Workflows;
import io.patchbay.ledger.workflow.ZeroTouch;
import io.patchbay.line.LineTemplates;
import io.patchbay.netbox.NetBoxWatch;
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
            AuthenticationReader attempts,
            ExplainSurroundings surroundings) {
        return new ExplainOperation(
                index,
                resolver,
                decider,
                new ExplainQuestion(index, templates, ledger),
                new ReplyRehearsal(profiles, dictionary),
                ledger,
                sightings,
                attempts,
                surroundings);
    }

    @Bean
    ExplainSurroundings explainSurroundings(
            JdbcTemplate jdbc,
            VlanBindings vlans,
            VlanPools vlanPools,
            Ipv6Reader ipv6,
            SessionReader sessions,
            Workflows workflows,
            ConvergenceReader convergence,
            Orders orders) {
        return new ExplainSurroundings(
                new AddressLookup(jdbc),
                new AddressSearch(jdbc),
                vlans,
                vlanPools,
                ipv6,
                sessions,
                workflows,
                convergence,
                orders);
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
            LedgerReader ledger,
            SubscriberChanges subscribers,
            SubscriberImport imports,
            Owners owners,
            TenantNames tenants,
            OwnChanges ownChanges) {
        return new SubscriberOperations(ledger, subscribers, imports, owners, tenants, ownChanges);
    }

    @Bean
    ServiceOperations serviceOperations(
            ServiceReader reader,
            ServiceChanges services,
            CredentialChanges credentials,
            Owners owners,
            ServiceCreation creation,
            OwnChanges ownChanges) {
        return new ServiceOperations(reader, services, credentials, owners, creation, ownChanges);
    }

    @Bean
    LineOperations lineOperations(LedgerReader ledger, LineChanges lines, OwnChanges ownChanges) {
        return new LineOperations(ledger, lines, ownChanges);
    }

    @Bean
    AccessNodeOperations accessNodeOperations(AccessNodeChanges nodes, OwnChanges ownChanges) {
        return new AccessNodeOperations(nodes, ownChanges);
    }

    @Bean
    PlanOperations planOperations(PlanChanges plans, Owners owners, TenantNames tenants, OwnChanges ownChanges) {
        return new PlanOperations(plans, owners, tenants, ownChanges);
    }

    @Bean
    TenantOperations tenantOperations(TenantChanges tenants, OwnChanges ownChanges) {
        return new TenantOperations(tenants, ownChanges);
    }

    @Bean
    SelfOperations selfOperations(
            LedgerReader ledger, AddressRequests requests, Ipv6States ipv6, OwnChanges ownChanges) {
        return new SelfOperations(ledger, requests, ipv6, ownChanges);
    }

    @Bean
    AuditOperations auditOperations(AuditReader audit, Owners owners) {
        return new AuditOperations(audit, owners);
    }

    @Bean
    Exports exports(ApiSettings settings) {
        return new Exports(settings.exports());
    }

    @Bean
    LedgerExportOperations ledgerExportOperations(
            LedgerReader ledger, ServiceReader services, AuditReader audit, Exports exports) {
        return new LedgerExportOperations(ledger, services, audit, exports);
    }

    @Bean
    SessionOperations sessionOperations(SessionReader sessions, RecordReader records, AccountingCount count) {
        return new SessionOperations(sessions, records, count);
    }

    @Bean
    ExportOperations exportOperations(SessionExport export, Exports exports) {
        return new ExportOperations(export, exports);
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
            Exports exports,
            OwnChanges ownChanges) {
        return new VlanBindingOperations(bindings, reader, domains, pools, exports, ownChanges);
    }

    @Bean
    WorkflowOperations workflowOperations(Workflows workflows, Owners owners, OwnChanges ownChanges) {
        return new WorkflowOperations(workflows, owners, ownChanges);
    }

    @Bean
    ZeroTouchOperations zeroTouchOperations(
            Orders orders, UnknownLines lines, ZeroTouch zeroTouch, Owners owners, WorkflowOperations workflows) {
        return new ZeroTouchOperations(orders, lines, zeroTouch, owners, workflows);
    }

    @Bean
    Ipv6Operations ipv6Operations(Ipv6Lifecycle lifecycle, Ipv6Reader reader, OwnChanges ownChanges) {
        return new Ipv6Operations(lifecycle, reader, ownChanges);
    }

    @Bean
    NetBoxOperations netBoxOperations(
            NetBoxWatch watch,
            MirrorState mirror,
            FollowState follow,
            NetBoxConflicts conflicts,
            ConflictResolution resolution,
            BlockSources blocks,
            WebhookReader webhooks,
            WakeRoutes wake,
            OwnChanges ownChanges) {
        return new NetBoxOperations(watch, mirror, follow, conflicts, resolution, blocks, webhooks, wake, ownChanges);
    }

    @Bean
    OperationTable operationTable(
            Contract contract,
            ExplainOperation explain,
            SubscriberOperations subscribers,
            ServiceOperations services,
            LineOperations lines,
            AccessNodeOperations nodes,
            PlanOperations plans,
            TenantOperations tenantOperations,
            AuditOperations audit,
            SelfOperations self,
            LedgerExportOperations ledgerExports,
            NasClientOperations nasClients,
            SessionOperations sessions,
            ExportOperations exports,
            AddressHolders addressHolders,
            NasChangeOperations nasChanges,
            AddressPoolOperations addressPools,
            AddressOperations addresses,
            ReservationOperations reservations,
            VlanDomainOperations vlanDomains,
            VlanPoolOperations vlanPools,
            VlanBindingOperations vlans,
            WorkflowOperations workflows,
            ZeroTouchOperations zeroTouch,
            Ipv6Operations ipv6,
            NetBoxOperations netBox,
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
                entry("createSubscriber", subscribers::create),
                entry("updateSubscriber", subscribers::change),
                entry("deleteSubscriber", subscribers::remove),
                entry("listServices", services::list),
                entry("createService", services::create),
                entry("getService", services::get),
                entry("updateService", services::change),
                entry("deleteService", services::remove),
                entry("setServiceState", services::setState),
                entry("getCredential", services::getCredential),
                entry("setCredential", services::setCredential),
                entry("deleteCredential", services::removeCredential),
                entry("listServiceHistory", audit::ofService),
                entry("listLines", lines::list),
                entry("createLine", lines::create),
                entry("getLine", lines::get),
                entry("updateLine", lines::change),
                entry("deleteLine", lines::remove),
                entry("listAccessNodes", nodes::list),
                entry("createAccessNode", nodes::create),
                entry("getAccessNode", nodes::get),
                entry("updateAccessNode", nodes::change),
                entry("deleteAccessNode", nodes::remove),
                entry("listPlans", plans::list),
                entry("createPlan", plans::create),
                entry("getPlan", plans::get),
                entry("updatePlan", plans::change),
                entry("deletePlan", plans::remove),
                entry("listTenants", tenantOperations::list),
                entry("createTenant", tenantOperations::create),
                entry("getTenant", tenantOperations::get),
                entry("updateTenant", tenantOperations::change),
                entry("deleteTenant", tenantOperations::remove),
                entry("getSelf", self::get),
                entry("listOwnAddresses", self::addresses),
                entry("listOwnAddressRequests", self::ownRequests),
                entry("requestAddress", self::ask),
                entry("listAddressRequests", self::requests),
                entry("decideAddressRequest", self::decide),
                entry("listAudit", audit::list),
                entry("exportAudit", ledgerExports::audit),
                entry("exportSubscribers", ledgerExports::subscribers),
                entry("exportServices", ledgerExports::services),
                entry("exportLines", ledgerExports::lines),
                entry("getServiceIpv6", ipv6::get),
                entry("putServiceIpv6", ipv6::put),
                entry("renumberServiceIpv6", ipv6::renumber),
                entry("revokeServiceIpv6", ipv6::revoke),
                entry("suspendServiceIpv6", ipv6::suspend),
                entry("resumeServiceIpv6", ipv6::resume),
                entry("retryServiceIpv6", ipv6::retry),
                entry("listServicesIpv6", ipv6::list),
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
                entry("listAddressPools", addressPools::list),
                entry("createAddressPool", addressPools::create),
                entry("getAddressPool", addressPools::get),
                entry("changeAddressPool", addressPools::change),
                entry("deleteAddressPool", addressPools::delete),
                entry("listAddressBlocks", addressPools::listBlocks),
                entry("addAddressBlock", addressPools::addBlock),
                entry("removeAddressBlock", addressPools::removeBlock),
                entry("listReservedAddresses", addressPools::listReserved),
                entry("reserveAddresses", addressPools::reserve),
                entry("unreserveAddresses", addressPools::unreserve),
                entry("getAddressPoolUsage", addressPools::usage),
                entry("listAddressReservations", reservations::list),
                entry("createAddressReservation", reservations::create),
                entry("getAddressReservation", reservations::get),
                entry("deleteAddressReservation", reservations::giveUp),
                entry("listServiceAddresses", addresses::listOfService),
                entry("assignAddress", addresses::assign),
                entry("releaseAddresses", addresses::release),
                entry("moveAddress", addresses::move),
                entry("swapAddresses", addresses::swap),
                entry("findAddresses", addresses::find),
                entry("exportAddresses", addresses::export),
                entry("findAddressHistory", addresses::history),
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
                entry("getNetBox", netBox::state),
                entry("listNetBoxConflicts", netBox::listConflicts),
                entry("getNetBoxConflict", netBox::getConflict),
                entry("resolveNetBoxConflict", netBox::resolveConflict),
                entry("syncNetBox", netBox::sync),
                entry("importNetBoxBlocks", netBox::importBlocks),
                entry("takeNetBoxWebhook", netBox::webhook),
                entry("listNasClients", nasClients::list),
                entry("createNasClient", nasClients::create),
                entry("getNasClient", nasClients::get),
                entry("updateNasClient", nasClients::update),
                entry("rotateNasSecret", nasClients::rotateSecret),
                entry("dropOldNasSecret", nasClients::dropOldSecret),
                entry("forgetNasSigning", nasClients::forgetSigning),
                entry("previewWorkflow", workflows::preview),
                entry("applyWorkflow", workflows::apply),
                entry("listWorkflows", workflows::list),
                entry("getWorkflow", workflows::get),
                entry("retryWorkflow", workflows::retry),
                entry("rollBackWorkflow", workflows::rollBack),
                entry("listOrders", zeroTouch::listOrders),
                entry("matchOrders", zeroTouch::match),
                entry("setServiceOrder", zeroTouch::expect),
                entry("deleteServiceOrder", zeroTouch::forget),
                entry("listUnknownLines", zeroTouch::listLines),
                entry("previewUnknownLine", zeroTouch::previewBinding),
                entry("bindUnknownLine", zeroTouch::bind),
                entry("listTokens", tokens::list),
                entry("createToken", tokens::create),
                entry("revokeToken", tokens::revoke)));
    }
}
