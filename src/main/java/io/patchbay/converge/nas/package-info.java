/**
 * Convergence at the NAS: live sessions get what their service is now, rates by a CoA-Request and everything else by a
 * Disconnect-Request, after which the subscriber logs in anew (RFC 5176). What a session has is told by its Class, which every
 * accounting record returns ({@link io.patchbay.reply.ServiceClass}), and by what the hub has sent it since.
 */
package io.patchbay.converge.nas;
