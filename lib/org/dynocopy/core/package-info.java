/**
 * The values that move through a copy, and the ports at its ends: items, pages, splits, sources,
 * sinks, checkpoints, the ledger. Knows no store, no file and no engine.
 */
package org.dynocopy.core;
