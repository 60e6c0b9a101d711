/**
 * Caches a trigger's credential for one second. Reading it takes a database query and a decryption, which cost more than
 * the rest of a delivery during a burst or a flood of forged requests.
 */
import { sleep, type ICredentialDataDecryptedObject, type IWebhookFunctions } from 'n8n-workflow';

/** How long a changed or revoked key stays valid, and how long a hanging read blocks other deliveries. */
const CACHE_TTL_MS = 1_000;

const cached = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * @param type name of the credential's type
 * @throws n8n's error if it cannot read the credential; a failed read is not cached
 */
export async function cachedCredential(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	// A credential may contain expressions, so its values may differ between workflows.
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
	// The time counts from the start of the read, so that a slow read cannot extend the life of an old key.
	void sleep(CACHE_TTL_MS).then(evict);
	reading.catch(evict);
	return await reading;
}
