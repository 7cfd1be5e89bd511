/**
 * The values that move through a copy, and the ports at its ends: items, pages, splits, sources,
 * sinks, checkpoints, counts; tasks of a copy, and what runs them. Knows no store, no file and no
 * engine.
 */
package org.dynocopy.core;
