/**
 * Reads a trigger's credential once for all deliveries of one second. A read is a query to n8n's database and a
 * decryption, which in a burst (or a flood of forgeries) cost more than all the rest of a delivery.
 */
import { sleep, type ICredentialDataDecryptedObject, type IWebhookFunctions } from 'n8n-workflow';

/** How long a key that was changed or revoked goes on counting, and how long a read that hangs keeps others waiting. */
const CACHE_TTL_MS = 1_000;

const cached = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * @param type name of the credential's type
 * @throws what n8n throws where it cannot read the credential; a failed read is not cached
 */
export async function cachedCredential(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	// A credential may hold expressions, so the same one may read differently in another workflow.
	const key = JSON.stringify([
		context.getWorkflow().id,
		context.getNode().id,
		context.getMode(),
		context.getNode().credentials?.[type]?.id,
	]);
	const known = cached.get(key);
	if (known) return await known;
	const reading = context.getCredentials(type);
	cached.set(key, reading);
	const evict = (): void => {
		if (cached.get(key) === reading) cached.delete(key);
	};
	// From its beginning: what was read after a change must not be mixed with what was read before, however long it took.
	void sleep(CACHE_TTL_MS).then(evict);
	reading.catch(evict);
	return await reading;
}
