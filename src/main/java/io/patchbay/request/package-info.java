/**
 * What every request to the hub has in common, whether it asks for access or tells of accounting: what it says of its line.
 */
package io.patchbay.request;
