/**
 * Reads a trigger's credential once for all deliveries of one second. A read is a query to n8n's database and a
 * decryption, which in a burst (or a flood of forgeries) cost more than all the rest of a delivery.
 */
import { sleep, type ICredentialDataDecryptedObject, type IWebhookFunctions } from 'n8n-workflow';

/** How long a key that was changed or revoked goes on counting, and how long a read that hangs keeps others waiting. */
const HELD_MS = 1_000;

const held = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * @param type name of the credential's type
 * @throws what n8n throws where it cannot read the credential; a failed read is not held
 */
export async function heldCredential(this: IWebhookFunctions, type: string): Promise<ICredentialDataDecryptedObject> {
	// A credential may hold expressions, so the same one may read differently in another workflow.
	const key = JSON.stringify([
		this.getWorkflow().id,
		this.getNode().id,
		this.getMode(),
		this.getNode().credentials?.[type]?.id,
	]);
	const known = held.get(key);
	if (known) return await known;
	const reading = this.getCredentials(type);
	held.set(key, reading);
	const letGo = (): void => {
		if (held.get(key) === reading) held.delete(key);
	};
	// From its beginning: what was read after a change must not be mixed with what was read before, however long it took.
	void sleep(HELD_MS).then(letGo);
	reading.catch(letGo);
	return await reading;
}
