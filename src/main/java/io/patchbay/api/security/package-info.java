/**
 * Who may: bearer tokens with a role, kept as hashes; and the separate filter chains of API, metrics and console, so that
 * an API call never meets a login page.
 */
package io.patchbay.api.security;
