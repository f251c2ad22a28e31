package io.patchbay.ledger;

import io.patchbay.event.Actor;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;

/** A new service with the credential of its user: both or neither. */
public final class ServiceCreation {
    private final TransactionTemplate transaction;
    private final ServiceChanges services;
    private final CredentialChanges credentials;

    public ServiceCreation(TransactionTemplate transaction, ServiceChanges services, CredentialChanges credentials) {
        this.transaction = transaction;
        this.services = services;
        this.credentials = credentials;
    }

    /**
     * Throws as {@link ServiceChanges#create} and {@link CredentialChanges#set} do.
     *
     * @param userName null for a service that is found by its line alone; likewise {@code password}
     * @return its id
     */
    public long create(long subscriberId, Map<String, Object> said, String userName, String password, Actor actor) {
        return transaction.execute(status -> {
            long id = services.create(subscriberId, said, actor);
            if (userName != null) {
                credentials.set(id, userName, password, actor);
            }
            return id;
        });
    }
}
