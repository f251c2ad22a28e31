package io.patchbay.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.binding.Decider;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import io.patchbay.binding.SightingSink;
import io.patchbay.ledger.NasObservations;
import io.patchbay.line.LineTemplates;
import io.patchbay.radius.DuplicateCache;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.netty.BatchingHandler;
import io.patchbay.radius.netty.RadiusDatagramDecoder;
import io.patchbay.radius.netty.RadiusDatagramEncoder;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.request.ClientSecrets;
import io.patchbay.request.KnownClients;
import io.patchbay.request.LineAttributes;
import io.patchbay.request.RequestEnd;
import io.patchbay.request.Step;
import io.patchbay.session.LoginsWaiting;
import io.patchbay.sighting.AuthenticationLog;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the access route, each under the name by which {@code routes/*.camel.yaml} calls it. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    private static final int DATAGRAMS_A_SYSTEM_CALL = 32;
    /** More than the pools beside the event loop work on at once: somebody waits for his turn. */
    private static final int MANY_LOGINS = 16;

    private static final int REMEMBERED_REQUESTS = 65_536;
    /** RFC 5080 section 2.2.2 leaves the time to us; NASes repeat after 1 to 5 s. */
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);

    @Bean
    DuplicateCache accessDuplicates() {
        return new DuplicateCache(REMEMBERED_REQUESTS, REMEMBERED_FOR, Duration.ofSeconds(10), System::nanoTime);
    }

    @Bean
    AccessCounters accessCounters(MeterRegistry registry) {
        return new AccessCounters(registry);
    }

    @Bean
    ClientSecrets clientSecrets() {
        return new ClientSecrets();
    }

    @Bean
    SlowPasswords slowPasswords() {
        return new SlowPasswords();
    }

    @Bean
    BatchingHandler radiusBatching() {
        return new BatchingHandler(RadiusPacket.MAXIMUM_LENGTH, DATAGRAMS_A_SYSTEM_CALL);
    }

    @Bean
    RadiusDatagramDecoder accessDecoder(BindingIndex index, AccessCounters counters) {
        return new RadiusDatagramDecoder(new KnownClients(index, AccessRequest::new, counters), counters);
    }

    @Bean
    RadiusDatagramEncoder radiusEncoder(AccessCounters counters) {
        return new RadiusDatagramEncoder(counters);
    }

    @Bean
    RequestEnd<Outcome> accessEnd(DuplicateCache accessDuplicates, AccessCounters counters) {
        return new RequestEnd<>(accessDuplicates, counters::count);
    }

    @Bean
    AbandonRequest abandonRequest(RequestEnd<Outcome> end) {
        return new AbandonRequest(end);
    }

    @Bean
    Processor authenticate(
            ClientSecrets secrets, NasObservations observations, RequestEnd<Outcome> end, AbandonRequest abandon) {
        return new Step(new Authenticate(secrets, observations, end), abandon::abandon);
    }

    /** Those whom memory does not know. As many as the queue of the route holds: it is never the one that is full. */
    @Bean
    WaitingRoom misses(@Value("${patchbay.radius.miss-queue}") int places) {
        return new WaitingRoom(places);
    }

    @Bean
    WaitingRoom slowPasswordsWaiting(@Value("${patchbay.radius.password-queue}") int places) {
        return new WaitingRoom(places);
    }

    /** Subscribers before their counters: while log-ins wait beside the event loop, Interim-Updates give way. */
    @Bean
    LoginsWaiting loginsWaiting(
            @Qualifier("misses") WaitingRoom misses, @Qualifier("slowPasswordsWaiting") WaitingRoom slowPasswords) {
        return () -> misses.waiting() + slowPasswords.waiting() >= MANY_LOGINS;
    }

    @Bean
    Identification identification(
            Resolver resolver,
            Decider decider,
            @Qualifier("slowPasswordsWaiting") WaitingRoom slowPasswords,
            RequestEnd<Outcome> end) {
        return new Identification(resolver, decider, slowPasswords, end);
    }

    @Bean
    Processor resolveLine(
            LineTemplates templates,
            SlowPasswords slowPasswords,
            Resolver resolver,
            Identification identification,
            NegativeCache negatives,
            @Qualifier("misses") WaitingRoom misses,
            RequestEnd<Outcome> end,
            AbandonRequest abandon) {
        LineAttributes lines = new LineAttributes(templates);
        Proofs proofs = new Proofs(slowPasswords);
        return new Step(
                new ResolveLine(lines, proofs, resolver, identification, negatives, misses, end), abandon::abandon);
    }

    @Bean
    Processor nameTheSought(Resolver resolver, NegativeCache negatives, RequestEnd<Outcome> end) {
        return new NameTheSought(resolver, negatives, end);
    }

    @Bean
    Processor takeIntoMemory(
            ChangeFeed feed,
            Resolver resolver,
            Identification identification,
            NegativeCache negatives,
            RequestEnd<Outcome> end) {
        return new TakeIntoMemory(feed, resolver, identification, negatives, end);
    }

    @Bean
    Processor decideFromMemory(ChangeFeed feed, RequestEnd<Outcome> end, AccessCounters counters) {
        return new DecideFromMemory(feed, end, counters);
    }

    @Bean
    Processor decide(
            Decider decider,
            SightingSink sightings,
            AuthenticationLog attempts,
            @Qualifier("sessionsWaiting") WaitingRoom limited,
            RequestEnd<Outcome> end,
            AbandonRequest abandon) {
        return new Step(
                new Decide(decider, sightings, attempts, limited, end, InstantSource.system()), abandon::abandon);
    }

    @Bean
    WaitingRoom sessionsWaiting(@Value("${patchbay.radius.limit-queue}") int places) {
        return new WaitingRoom(places);
    }

    @Bean
    Processor nameTheLimited(RequestEnd<Outcome> end) {
        return new NameTheLimited(end);
    }

    @Bean
    Processor holdToLimit(SightingSink sightings) {
        return new HoldToLimit(sightings, InstantSource.system());
    }

    @Bean
    Processor letInUncounted(AccessCounters counters) {
        return exchange -> counters.count(Outcome.SESSIONS_UNCOUNTED);
    }

    @Bean
    Processor verifyHash(SlowPasswords slowPasswords, Identification identification, RequestEnd<Outcome> end) {
        return new VerifyHash(slowPasswords, identification, end);
    }

    @Bean
    Processor composeReply(ReplyProfiles profiles, AbandonRequest abandon) {
        return new Step(new ComposeReply(profiles), abandon::abandon);
    }

    @Bean
    ReleaseReply releaseReply(DuplicateCache accessDuplicates, AccessCounters counters, AuthenticationLog attempts) {
        return new ReleaseReply(accessDuplicates, counters, attempts);
    }
}
