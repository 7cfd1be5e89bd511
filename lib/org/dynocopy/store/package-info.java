/**
 * What jobs know of stores: the ports that each store implements, and the values that they speak
 * in. Nothing here knows a particular store; `dynamo` and `file` are two of them.
 */
package org.dynocopy.store;
