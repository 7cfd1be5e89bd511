/**
 * An HTTP/1.1 client for few servers and many requests to each: a {@link
 * org.dynocopy.http.Transport} sends each of them once, and returns the whole response or fails.
 * One is by sockets, with TLS of the JDK, proxies, and bounds for memory and time; the other is the
 * SDK's with Apache 5. What it promises and what it does not do is in docs/http-client.md. It knows
 * the JDK, the SDK's interface for HTTP clients, {@code diagnostic} and {@code files}, and nothing
 * of DynamoDB.
 */
@Internal
package org.dynocopy.http;

import org.dynocopy.Internal;
