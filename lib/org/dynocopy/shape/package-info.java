/** What happens to items between source and target, and the JSON that DynamoDB writes them in. */
@Internal
package org.dynocopy.shape;

import org.dynocopy.Internal;
