package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressFixture.ACTOR;
import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.PoolExhausted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools that NetBox chooses in: one resource a claim, whatever breaks off; none is kept that nobody has. */
class NetBoxPoolTest {
    private final AddressFixture world = new AddressFixture();
    private AddressPool pool;

    @BeforeEach
    void pool() {
        pool = world.pool("at netbox", IPV4_ADDRESS, 32, Duration.ZERO, PoolAuthority.NETBOX);
        world.block(pool, "10.0.0.0/29");
        world.netBox.free.addAll(List.of("10.0.0.3/32", "10.0.0.5/32"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void itsChoiceIsAssignedAndAskedForAgainItIsTheSame() {
        long service = world.service();
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.3/32");
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.3/32");
        assertThat(world.netBox.given).containsOnlyKeys("10.0.0.3/32");
        assertThat(claims()).isZero();
        assertThat(world.choose(world.service(), IPV4_ADDRESS, "10.0.0.5").poolId())
                .isEqualTo(pool.id());
        assertThatThrownBy(() -> world.assign(world.service(), pool)).isInstanceOf(PoolExhausted.class);
        assertThat(claims()).isZero();
    }

    @Test
    void whatItSaysIsSomebodysIsAConflict() {
        assertThatThrownBy(() -> world.choose(world.service(), IPV4_ADDRESS, "10.0.0.1"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.1/32 is the router's in NetBox.");
        assertThat(claims()).isZero();
    }

    @Test
    void whileItIsAwayNothingIsAssignedAndTheClaimWaits() {
        long service = world.service();
        world.netBox.isAway = true;
        assertThatThrownBy(() -> world.assign(service, pool))
                .isInstanceOf(AuthorityAway.class)
                .hasMessageContaining("'at netbox'");
        assertThat(claims()).isEqualTo(1);
        world.netBox.isAway = false;
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.3/32");
        assertThat(claims()).isZero();
    }

    @Test
    void aClaimThatBrokeOffAfterNetBoxHadChosenIsResumedWithTheSame() {
        long service = world.service();
        breakOff(service);
        assertThatThrownBy(() -> world.assign(service, pool))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("is being asked for the same");
        theLeaseEnds();
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.3/32");
        assertThat(world.netBox.given).hasSize(1);
    }

    @Test
    void aClaimThatNobodyResumesIsGivenBack() {
        breakOff(world.service());
        assertThat(world.space.sweeps().releaseAtNetBox()).isZero();
        theLeaseEnds();
        world.netBox.isAway = true;
        assertThat(world.space.sweeps().releaseAtNetBox()).isZero();
        world.netBox.isAway = false;
        theLeaseEnds();
        assertThat(world.space.sweeps().releaseAtNetBox()).isEqualTo(1);
        assertThat(world.netBox.given).isEmpty();
        assertThat(claims()).isZero();
    }

    @Test
    void whatIsPreparedIsAssignedInTheCallersTransaction() {
        long service = world.service();
        AddressWish wish = AddressWish.nextOf(pool.id(), IPV4_ADDRESS);
        assertThatThrownBy(() -> world.transaction.executeWithoutResult(
                        status -> world.space.assignments().assign(service, wish, ACTOR)))
                .isInstanceOf(IllegalStateException.class);
        world.space.assignments().prepare(service, wish, ACTOR);
        world.transaction.executeWithoutResult(status -> {
            world.space.assignments().assign(service, wish, ACTOR);
            status.setRollbackOnly();
        });
        assertThat(claims()).isEqualTo(1);
        world.transaction.executeWithoutResult(
                status -> world.space.assignments().assign(service, wish, ACTOR));
        assertThat(claims()).isZero();
        assertThat(world.netBox.given).hasSize(1);
    }

    @Test
    void whatIsReleasedIsHeldUntilNetBoxHasLetGo() {
        long service = world.service();
        world.assign(service, pool);
        world.release(service, IPV4_ADDRESS);
        assertThat(world.held()).containsExactly("10.0.0.3/32 revoking");
        world.netBox.isAway = true;
        assertThat(world.space.sweeps().releaseAtNetBox()).isZero();
        assertThat(world.held()).hasSize(1);
        world.netBox.isAway = false;
        assertThat(world.space.sweeps().releaseAtNetBox()).isEqualTo(1);
        assertThat(world.netBox.given).isEmpty();
        assertThat(world.free()).containsExactly("10.0.0.0/29");
    }

    @Test
    void whatTheLedgerKnowsToBeSomebodysIsGivenBackAndAPersonIsTold() {
        long one = world.service();
        world.jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix) values (?, ?, 'ipv4-address', '10.0.0.3')",
                one,
                world.vrf);
        assertThatThrownBy(() -> world.assign(world.service(), pool))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("10.0.0.3/32 belongs to sub0");
        assertThat(world.netBox.given).isEmpty();
        assertThat(claims()).isZero();
        assertThat(world.jdbc.queryForObject(
                        "select detail ->> 'prefix' from event where type = 'netbox-conflict'", String.class))
                .isEqualTo("10.0.0.3/32");
    }

    @Test
    void reservingIsNetBoxsMatter() {
        assertThatThrownBy(() -> world.space.parts().reserve(pool.id(), AddressRange.parse("10.0.0.7"), null, ACTOR))
                .isInstanceOf(LedgerInvalid.class);
    }

    private void breakOff(long service) {
        world.netBox.breaksOffAfterChoosing = true;
        assertThatThrownBy(() -> world.assign(service, pool)).hasMessage("The fake breaks off.");
        world.netBox.breaksOffAfterChoosing = false;
    }

    private void theLeaseEnds() {
        world.jdbc.update("update address_claim set leased_until = clock_timestamp() - interval '1 second',"
                + " created_at = created_at - interval '1 hour'");
    }

    private int claims() {
        return world.jdbc.queryForObject("select count(*) from address_claim", Integer.class);
    }
}
