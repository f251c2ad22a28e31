package io.patchbay.api.security;

import java.util.Arrays;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Log-in by name and password, where the name is a token's name and the password the token. */
final class CallerAuthentication implements AuthenticationProvider {
    private final Tokens tokens;

    CallerAuthentication(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Console and metrics keep no tenants apart: a tenant's token has a role in the API only. */
    static Authentication of(Caller caller) {
        List<SimpleGrantedAuthority> authorities = Arrays.stream(Role.values())
                .filter(role -> caller.tenantId() == null && caller.role().covers(role))
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities);
    }

    @Override
    public Authentication authenticate(Authentication login) throws AuthenticationException {
        return tokens.authenticate(String.valueOf(login.getCredentials()))
                .filter(caller -> caller.name().equals(login.getName()))
                .map(CallerAuthentication::of)
                .orElseThrow(() -> new BadCredentialsException("The name is no token's, or the token is not its"));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
