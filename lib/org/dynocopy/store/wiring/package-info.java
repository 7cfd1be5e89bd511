/** The one place that names every kind of store: a new one is hung in here. */
package org.dynocopy.store.wiring;
