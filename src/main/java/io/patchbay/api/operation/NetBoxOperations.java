package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.converge.netbox.MirrorState;
import io.patchbay.ledger.netbox.BlockSources;
import io.patchbay.ledger.netbox.ConflictResolution;
import io.patchbay.ledger.netbox.FollowState;
import io.patchbay.ledger.netbox.NetBoxConflict;
import io.patchbay.ledger.netbox.NetBoxConflicts;
import io.patchbay.ledger.netbox.WakeRoutes;
import io.patchbay.ledger.netbox.WebhookReader;
import io.patchbay.netbox.Capabilities;
import io.patchbay.netbox.NetBoxException;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.NetBoxWatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** NetBox: how it is, what waits for it, what it and the ledger disagree about. */
final class NetBoxOperations {
    private final NetBoxWatch watch;
    private final MirrorState mirror;
    private final FollowState follow;
    private final NetBoxConflicts conflicts;
    private final ConflictResolution resolution;
    private final BlockSources blocks;
    private final WebhookReader webhooks;
    private final WakeRoutes wake;
    private final OwnChanges ownChanges;

    NetBoxOperations(
            NetBoxWatch watch,
            MirrorState mirror,
            FollowState follow,
            NetBoxConflicts conflicts,
            ConflictResolution resolution,
            BlockSources blocks,
            WebhookReader webhooks,
            WakeRoutes wake,
            OwnChanges ownChanges) {
        this.watch = watch;
        this.mirror = mirror;
        this.follow = follow;
        this.conflicts = conflicts;
        this.resolution = resolution;
        this.blocks = blocks;
        this.webhooks = webhooks;
        this.wake = wake;
        this.ownChanges = ownChanges;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Mirror(
            long waiting, Instant waitingSince, long failed, long heldDeletions, int beingWritten, String stoppedBy) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Changes(Long cursor, Instant polledAt, long toLookAt, Instant toLookAtSince) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record State(
            boolean configured,
            boolean reachable,
            String version,
            List<String> capabilities,
            String why,
            Instant since,
            Mirror mirror,
            Changes changes,
            Instant sweptAt,
            long openConflicts) {}

    ApiResponse state(ApiRequest request) {
        NetBoxWatch.State seen = watch.state();
        MirrorState.Snapshot mirrored = mirror.read();
        FollowState.Snapshot followed = follow.read();
        return ApiResponse.ok(new State(
                watch.isConfigured(),
                watch.isConfigured() && seen.isReachable(),
                seen.version(),
                capabilities(seen.version()),
                watch.isConfigured() ? seen.why() : "There is no patchbay.netbox.url.",
                seen.since(),
                new Mirror(
                        mirrored.waiting(),
                        mirrored.waitingSince(),
                        mirrored.failed(),
                        mirrored.held(),
                        mirrored.inFlight(),
                        mirrored.away()),
                new Changes(followed.cursor(), followed.polledAt(), followed.toLookAt(), followed.oldest()),
                followed.sweptAt(),
                conflicts.countOpen()));
    }

    private static List<String> capabilities(String version) {
        if (!(Capabilities.of(version) instanceof NetBoxOutcome.Done<Capabilities> done)) {
            return null;
        }
        Capabilities can = done.value();
        return Map.of(
                        "etags", can.etags(),
                        "cursor-paging", can.cursorPaging(),
                        "prefix-length-of-addresses", can.prefixLengthOfAddresses(),
                        "tokens-of-version-two", can.tokensOfVersionTwo(),
                        "errors-by-index", can.errorsByIndex())
                .entrySet()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    ApiResponse listConflicts(ApiRequest request) {
        long after = Cursors.position(request, 0L, Long::parseLong);
        List<NetBoxConflict> found = conflicts.list(request.parameter("state").orElse(null), after, request.limit());
        return ApiResponse.ok(Cursors.page(
                found, found.size() < request.limit() ? null : found.getLast().id()));
    }

    ApiResponse getConflict(ApiRequest request) {
        return ApiResponse.ok(conflicts.get(request.pathId("id")));
    }

    private record Resolved(@JsonProperty("decision") String decision) {}

    ApiResponse resolveConflict(ApiRequest request) {
        ConflictResolution.Decision decision = ConflictResolution.Decision.valueOf(
                request.json(Resolved.class).decision().toUpperCase(Locale.ROOT).replace('-', '_'));
        long id = request.pathId("id");
        OptionalLong changed = resolution.resolve(id, decision, request.actor());
        changed.ifPresent(ownChanges::service);
        wake.takeChanges();
        return ApiResponse.ok(conflicts.get(id));
    }

    private record SyncWish(
            @JsonProperty("approveDeletions") boolean approveDeletions) {}

    ApiResponse sync(ApiRequest request) {
        requireConfigured();
        int approved = request.json(SyncWish.class).approveDeletions() ? mirror.approveDeletions() : 0;
        wake.sweep();
        return ApiResponse.accepted(null, Map.of("approvedServices", approved));
    }

    private record BlockWish(
            @JsonProperty("prefixId") Long prefixId,
            @JsonProperty("role") String role,
            @JsonProperty("tag") String tag) {}

    ApiResponse importBlocks(ApiRequest request) {
        requireConfigured();
        BlockWish wish = request.json(BlockWish.class);
        long pool = request.pathId("id");
        BlockSources.Source source = wish.prefixId() != null
                ? new BlockSources.Source(pool, BlockSources.Kind.PREFIX, Long.toString(wish.prefixId()))
                : wish.role() != null
                        ? new BlockSources.Source(pool, BlockSources.Kind.ROLE, wish.role())
                        : new BlockSources.Source(pool, BlockSources.Kind.TAG, wish.tag());
        if (source.value() == null || source.value().indexOf('\0') >= 0) {
            throw ProblemException.badRequest("Name a prefixId, a role or a tag.");
        }
        try {
            BlockSources.Imported imported = blocks.take(source, request.actor());
            wake.takeChanges();
            return ApiResponse.ok(imported);
        } catch (NetBoxException away) {
            throw new ProblemException(Problem.of(503, "NetBox cannot be asked: " + away.getMessage()));
        }
    }

    /** The body's signature was checked before: see {@code NetBoxWebhookFilter}. */
    ApiResponse webhook(ApiRequest request) throws IOException {
        byte[] body;
        try (InputStream in = request.body().open()) {
            body = in.readAllBytes();
        }
        WebhookReader.Heard heard = webhooks.read(body);
        if (heard == WebhookReader.Heard.FULL) {
            throw new ProblemException(
                    Problem.of(503, "Too many changes wait to be looked at; the next sweep finds this one."));
        }
        if (heard == WebhookReader.Heard.QUEUED) {
            wake.takeChanges();
        }
        return ApiResponse.accepted(null, Map.of("outcome", heard.name().toLowerCase(Locale.ROOT)));
    }

    private void requireConfigured() {
        if (!watch.isConfigured()) {
            throw ProblemException.conflict("There is no NetBox: set patchbay.netbox.url.");
        }
    }
}
