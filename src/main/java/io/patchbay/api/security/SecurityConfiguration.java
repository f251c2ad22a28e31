package io.patchbay.api.security;

import io.patchbay.api.ApiSettings;
import io.patchbay.api.Contract;
import io.patchbay.api.ContractGate;
import io.patchbay.api.Problem;
import io.patchbay.database.DatabaseReadiness;
import io.patchbay.event.EventLog;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.transaction.support.TransactionOperations;

/** The filter chains, one for each kind of visitor. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /** For the login page; Hawtio sends its own, as strict as it can bear. */
    private static final String CONSOLE_POLICY = "default-src 'self'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    Tokens tokens(JdbcTemplate jdbc, TransactionOperations transaction, EventLog events) {
        return new Tokens(jdbc, transaction, events);
    }

    @Bean
    AdminToken adminToken(
            Tokens tokens, DatabaseReadiness database, @Value("${patchbay.admin-token:}") String configured) {
        return new AdminToken(tokens, database, configured, System.out);
    }

    /** The only way to log in; with it Spring Boot makes no default user. */
    @Bean
    AuthenticationManager authenticationManager(Tokens tokens) {
        return new ProviderManager(new CallerAuthentication(tokens));
    }

    /** Programs: a bearer token with every request, and problem details when it is missing. */
    @Bean
    @Order(1)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            Tokens tokens,
            Contract contract,
            ApiSettings settings,
            @Value("${patchbay.netbox.webhook-secret:}") String webhookSecret)
            throws Exception {
        return stateless(http.securityMatcher(paths("/api/**")), tokens)
                .addFilterAfter(
                        new NetBoxWebhookFilter(
                                webhookSecret, settings.bodyLimit().toBytes()),
                        BearerTokenFilter.class)
                .addFilterAfter(new ContractGate(contract, settings), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(bearerNeeded()).accessDeniedHandler(denied()))
                .build();
    }

    /** Monitoring: health for everybody (details for those who may), metrics with a bearer token or basic login. */
    @Bean
    @Order(2)
    SecurityFilterChain monitoringChain(HttpSecurity http, Tokens tokens) throws Exception {
        return stateless(
                        http.securityMatcher(paths("/actuator/health/**", "/actuator/prometheus", "/actuator/info")),
                        tokens)
                .httpBasic(Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers(paths("/actuator/health/**"))
                        .permitAll()
                        .anyRequest()
                        .hasRole(Role.VIEWER.name()))
                .build();
    }

    /** People: a login page, a session, and a CSRF token that Hawtio's script takes from its cookie. */
    @Bean
    @Order(3)
    SecurityFilterChain consoleChain(HttpSecurity http, Tokens tokens) throws Exception {
        return http.securityMatcher(paths("/", "/actuator/**", "/login", "/logout", "/default-ui.css"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(paths("/actuator/hawtio/proxy/**"))
                        .denyAll()
                        .anyRequest()
                        .hasRole(Role.VIEWER.name()))
                .addFilterBefore(new RevokedSessionFilter(tokens), UsernamePasswordAuthenticationFilter.class)
                .formLogin(login -> login.defaultSuccessUrl("/actuator/hawtio/", true))
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(tokenWithEveryAnswer()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONSOLE_POLICY)))
                .build();
    }

    /** Nothing else is there. */
    @Bean
    @Order(4)
    SecurityFilterChain restChain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                        (request, response, denied) -> Problem.of(404, "There is no " + request.getRequestURI() + ".")
                                .writeTo(response)))
                .build();
    }

    /** By the whole path: patterns given as text match requests of Spring's own servlet only, and Jolokia has another. */
    private static RequestMatcher paths(String... patterns) {
        PathPatternRequestMatcher.Builder matchers = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(Arrays.stream(patterns)
                .map(matchers::matcher)
                .map(RequestMatcher.class::cast)
                .toList());
    }

    private static HttpSecurity stateless(HttpSecurity http, Tokens tokens) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerTokenFilter(tokens), UsernamePasswordAuthenticationFilter.class);
    }

    /** Without a name for the attribute the token is not deferred: Hawtio reads the cookie once, when it starts. */
    private static CsrfTokenRequestHandler tokenWithEveryAnswer() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    private static AuthenticationEntryPoint bearerNeeded() {
        return (request, response, missing) -> {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"patchbay\"");
            Problem.of(401, "A valid token is needed: Authorization: Bearer <token>.")
                    .writeTo(response);
        };
    }

    private static AccessDeniedHandler denied() {
        return (request, response, denied) ->
                Problem.of(403, "This token may not do that.").writeTo(response);
    }
}
