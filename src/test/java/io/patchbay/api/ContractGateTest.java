package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.security.Caller;
import io.patchbay.api.security.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** Imports are bounded where their files are made. */
class ContractGateTest {
    private final ContractGate gate = new ContractGate(
            Contract.load(),
            new ApiSettings(DataSize.ofKilobytes(1), DataSize.ofBytes(100), Duration.ofHours(1), 1, 2, 2));

    @BeforeEach
    void logIn() {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        new Caller(1, "tester", Role.ADMIN), null, java.util.List.of()));
    }

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theThirdImportAtOnceIsToldToComeAgain() throws Exception {
        MockHttpServletResponse third = new MockHttpServletResponse();
        gate.doFilter(
                anImport("a"),
                new MockHttpServletResponse(),
                (first, itsResponse) -> gate.doFilter(
                        anImport("b"),
                        new MockHttpServletResponse(),
                        (second, response) -> gate.doFilter(anImport("c"), third, (request, never) -> {
                            throw new AssertionError("a third import was let through");
                        })));
        assertThat(third.getStatus()).isEqualTo(503);
        assertThat(third.getHeader("Retry-After")).isEqualTo("5");
        assertThat(third.getContentAsString()).contains("2 imports are worked on");
    }

    @Test
    void anImportThatEndedOrWasRefusedMakesRoom() throws Exception {
        for (int number = 0; number < 5; number++) {
            MockHttpServletResponse tooLarge = new MockHttpServletResponse();
            MockHttpServletRequest request = anImport("x".repeat(101));
            gate.doFilter(request, tooLarge, (passed, response) -> {});
            assertThat(tooLarge.getStatus()).isEqualTo(413);
            MockHttpServletResponse passed = new MockHttpServletResponse();
            gate.doFilter(anImport("x"), passed, (through, response) -> {});
            assertThat(passed.getStatus()).isEqualTo(200);
        }
    }

    /** Of unknown length, so that it is read to know that it is too long. */
    private static MockHttpServletRequest anImport(String csv) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/subscribers/import") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContentType("text/csv");
        request.setContent(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return request;
    }
}
