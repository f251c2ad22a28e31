package io.patchbay.netbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyTurnsTest {
    private final KeyTurns turns = new KeyTurns();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void ofOneKeyOneWorksAndWhoWaitsTooLongIsToldSo() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<String> first = threads.submit(() -> turn("a", Duration.ofSeconds(10)));
            assertThat(working.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(turns.inTurn("a", Deadline.in(Duration.ofMillis(50)), () -> "worked", () -> "late"))
                    .isEqualTo("late");
            assertThat(turns.inTurn("b", Deadline.in(Duration.ofMillis(50)), () -> "worked", () -> "late"))
                    .isEqualTo("worked");
            end.countDown();
            assertThat(first.get()).isEqualTo("worked");
            assertThat(turns.inTurn("a", Deadline.in(Duration.ofMillis(50)), () -> "worked", () -> "late"))
                    .isEqualTo("worked");
        }
        assertThat(turns.size()).isZero();
    }

    @Test
    void aTurnThatFailsIsOver() {
        try {
            turns.inTurn(
                    "a",
                    Deadline.in(Duration.ofSeconds(1)),
                    () -> {
                        throw new IllegalStateException();
                    },
                    () -> "late");
        } catch (IllegalStateException expected) {
            assertThat(turns.size()).isZero();
            return;
        }
        throw new AssertionError("it did not fail");
    }

    private String turn(String key, Duration time) {
        return turns.inTurn(
                key,
                Deadline.in(time),
                () -> {
                    working.countDown();
                    try {
                        end.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return "worked";
                },
                () -> "late");
    }
}
