package io.patchbay.ledger.workflow;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.ipv6.Ipv6Lifecycle;
import io.patchbay.ledger.vlan.VlanBindings;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of workflows, those of their route under the names by which {@code run-workflows.camel.yaml} has them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkflowSettings.class)
class WorkflowConfiguration {
    @Bean
    WorkflowRunner workflowRunner(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            ServiceChanges services,
            LineChanges lines,
            VlanBindings vlans,
            AddressSpace addresses,
            Ipv6Lifecycle ipv6,
            WorkflowSettings settings) {
        Map<PlannedStep.Action, StepAction> actions =
                StepActions.over(jdbc, events, services, lines, vlans, addresses, ipv6);
        return new WorkflowRunner(
                new WorkflowStore(jdbc),
                new TransactionTemplate(transactions),
                events,
                actions,
                settings,
                nothing -> {});
    }

    @Bean
    Workflows workflows(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            WorkflowRunner runner,
            WorkflowSettings settings,
            ObjectProvider<ProducerTemplate> camel) {
        return new Workflows(
                new WorkflowStore(jdbc),
                new SituationReader(jdbc),
                runner,
                new TransactionTemplate(transactions),
                events,
                settings,
                new WakeWorkflows(camel));
    }

    @Bean
    Orders orders(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new Orders(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    ZeroTouch zeroTouch(JdbcTemplate jdbc, UnknownLines lines, Orders orders, Workflows workflows) {
        return new ZeroTouch(jdbc, lines, orders, workflows);
    }

    @Bean
    Processor bindUnknownLines(ZeroTouch zeroTouch, @Value("${patchbay.zero-touch.automatic}") boolean automatic) {
        return new BindUnknownLines(zeroTouch, automatic);
    }

    @Bean
    Processor runWorkflows(WorkflowRunner runner) {
        return new RunWorkflows(runner);
    }

    @Bean
    Processor workflowsAway() {
        return new WorkflowsAway();
    }
}
