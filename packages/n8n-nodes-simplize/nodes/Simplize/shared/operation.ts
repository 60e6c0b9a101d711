/** What every operation file of the Simplize node exports. */
import type { SimplizeConnection } from '@saoke/core/simplize';
import type { ItemContext, NodeOperation } from '@saoke/n8n-kit';

export type OperationContext = ItemContext<SimplizeConnection>;
export type Operation = NodeOperation<SimplizeConnection>;
