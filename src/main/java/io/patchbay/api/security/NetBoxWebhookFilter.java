package io.patchbay.api.security;

import io.patchbay.api.BufferedRequest;
import io.patchbay.api.Problem;
import io.patchbay.api.StoredBody;
import io.patchbay.netbox.WebhookSignature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may call NetBox's webhook: whoever signed its raw body with the secret (X-Hook-Signature), and nobody else, whatever token
 * they have. So many unproven bodies are read at once, and none longer than an ordinary body.
 */
final class NetBoxWebhookFilter extends OncePerRequestFilter {
    static final String PATH = "/api/v1/netbox/webhook";
    private static final int AT_ONCE = 16;
    /** No token of the API has it. */
    private static final Caller NETBOX = new Caller(-1, "netbox", Role.VIEWER);

    private final String secret;
    private final int limit;
    private final Semaphore reading = new Semaphore(AT_ONCE);

    /** @param secret empty: every webhook is refused; @param limit in bytes */
    NetBoxWebhookFilter(String secret, long limit) {
        this.secret = secret;
        this.limit = Math.toIntExact(limit);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(PATH) || !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StoredBody body;
        if (!reading.tryAcquire()) {
            response.setHeader("Connection", "close");
            Problem.of(
                            503,
                            AT_ONCE
                                    + " webhooks are being read already; the poll of NetBox's changes brings what is missed.")
                    .writeTo(response);
            return;
        }
        try {
            if (request.getContentLengthLong() > limit) {
                throw new StoredBody.TooLarge(limit);
            }
            body = StoredBody.inMemory(request.getInputStream(), limit);
            if (!WebhookSignature.verify(
                    body.open().readAllBytes(), request.getHeader(WebhookSignature.HEADER), secret)) {
                Problem.of(
                                401,
                                "X-Hook-Signature must be the HMAC-SHA512 of the body under patchbay.netbox.webhook-secret.")
                        .writeTo(response);
                return;
            }
        } catch (StoredBody.TooLarge tooLarge) {
            response.setHeader("Connection", "close");
            Problem.of(413, tooLarge.getMessage()).writeTo(response);
            return;
        } finally {
            reading.release();
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(CallerAuthentication.of(NETBOX));
        SecurityContextHolder.setContext(context);
        chain.doFilter(new BufferedRequest(request, body), response);
    }
}
