package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private final WaitingRoom room = new WaitingRoom(12);

    @Test
    void oneNasAloneGetsHalfOfTheRoom() {
        assertThat(fill(1)).isEqualTo(6);
    }

    @Test
    void theSecondStillFindsAPlaceAndSoDoesTheThird() {
        fill(1);

        assertThat(fill(2)).isEqualTo(3);
        assertThat(fill(3)).isEqualTo(2);
        assertThat(fill(4)).isEqualTo(1);
        assertThat(room.waiting()).isEqualTo(12);
        assertThat(fill(5)).isZero();
    }

    @Test
    void whoLeavesMakesRoom() {
        fill(1);
        fill(2);
        assertThat(room.enter(1)).isFalse();

        for (int i = 0; i < 5; i++) {
            room.leave(1);
        }

        assertThat(room.waiting()).isEqualTo(4);
        assertThat(room.enter(1)).isTrue();
    }

    /** @return how many of this NAS found a place */
    private int fill(long nas) {
        int entered = 0;
        while (room.enter(nas)) {
            entered++;
        }
        return entered;
    }
}
