/** Keys of items: their values, ranges and files of them. */
package org.dynocopy.store.dynamo.key;
