/** Connects a sandbox to its data file: restores what is in it, or writes the first state; then saves every change. */
import { CassoBank } from './casso/bank';
import { BankPersistence, readBankOrigin } from './casso/persistence';
import { Persister } from './engine/persister';
import { SqliteStore } from './engine/store';
import type { SandboxOptions } from './server';
import { SimplizePartner } from './simplize/partner';
import { PartnerPersistence, readPartnerOrigin } from './simplize/persistence';

export interface OpenData {
	casso: CassoBank;
	simplize: SimplizePartner;
	persister: Persister;
	/** True if the file is new. */
	isNew: boolean;
}

/**
 * Keys and data of an existing file win over the seed that was asked for; keys, switches and settings that were given
 * win over those in the file.
 * @throws DataFileError
 */
export async function openData(file: string, options: SandboxOptions): Promise<OpenData> {
	const store = await SqliteStore.open(file);
	const bankBefore = readBankOrigin(store);
	const partnerBefore = readPartnerOrigin(store);
	const { apiKey: bankKey = bankBefore?.apiKey, ...bankOptions } = options;
	const { onProgress } = bankBefore === undefined ? options : {};
	const casso = new CassoBank({ ...bankOptions, ...bankBefore?.plan, apiKey: bankKey, onProgress });
	const {
		apiKey = partnerBefore?.apiKey,
		apiSecret = partnerBefore?.apiSecret,
		...partnerOptions
	} = options.simplize ?? {};
	const simplize = new SimplizePartner({
		now: options.now,
		...partnerOptions,
		...partnerBefore?.plan,
		apiKey,
		apiSecret,
	});
	const bank = new BankPersistence(casso);
	const partner = new PartnerPersistence(simplize);
	if (bankBefore !== undefined && partnerBefore !== undefined) {
		bank.restore(store);
		partner.restore(store);
		applyGiven(casso, simplize, options);
	}
	const persister = new Persister(store, [bank, partner]);
	bank.follow(persister);
	partner.follow(persister);
	const isNew = bankBefore === undefined || partnerBefore === undefined;
	if (isNew) {
		persister.replace(bank);
		persister.replace(partner);
	} else {
		// Keys that were given now are kept with the rest.
		persister.put('bankOrigin', '', () => bank.origin());
		persister.put('partnerOrigin', '', () => partner.origin());
	}
	persister.flush();
	return { casso, simplize, persister, isNew };
}

function applyGiven(
	casso: CassoBank,
	simplize: SimplizePartner,
	{ quirks, deliveries, clockSpeed, retryGapsMs, simplize: partner }: SandboxOptions,
): void {
	casso.quirks.set(quirks ?? {});
	casso.webhooks.changeSettings({ ...deliveries, ...(retryGapsMs === undefined ? {} : { retryGapsMs }) });
	if (clockSpeed !== undefined) casso.setClockSpeed(clockSpeed);
	simplize.quirks.set(partner?.quirks ?? {});
}
