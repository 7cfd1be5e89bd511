/**
 * Runs one copy: splits are read page by page, items shaped, mixed into batches, written and
 * settled. It knows no store, no Groovy and no AWS type, and opens no file. {@link
 * org.dynocopy.engine.Engine} is the way in.
 */
@Internal
package org.dynocopy.engine;

import org.dynocopy.Internal;
