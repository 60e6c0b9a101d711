/** Ties a sandbox to its data file: goes on with what is there, or writes the first state, and follows from then on. */
import { CassoBank } from './casso/bank';
import { KeptBank, bankOrigin } from './casso/persistence';
import { Keeper } from './engine/persister';
import { SqliteStore } from './engine/store';
import type { SandboxOptions } from './server';
import { SimplizePartner } from './simplize/partner';
import { KeptPartner, partnerOrigin } from './simplize/persistence';

export interface OpenData {
	casso: CassoBank;
	simplize: SimplizePartner;
	keeper: Keeper;
	/** True where the file was made now. */
	isNew: boolean;
}

/**
 * Keys and data of an existing file win over the seed that was asked for; keys, switches and settings that were given
 * win over those in the file.
 * @throws DataFileError
 */
export async function openData(file: string, options: SandboxOptions): Promise<OpenData> {
	const store = await SqliteStore.open(file);
	const bankBefore = bankOrigin(store);
	const partnerBefore = partnerOrigin(store);
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
	const bank = new KeptBank(casso);
	const partner = new KeptPartner(simplize);
	if (bankBefore !== undefined && partnerBefore !== undefined) {
		bank.restore(store);
		partner.restore(store);
		applyGiven(casso, simplize, options);
	}
	const keeper = new Keeper(store, [bank, partner]);
	bank.follow(keeper);
	partner.follow(keeper);
	const isNew = bankBefore === undefined || partnerBefore === undefined;
	if (isNew) {
		keeper.replace(bank);
		keeper.replace(partner);
	} else {
		// Keys that were given now are kept with the rest.
		keeper.put('bankOrigin', '', () => bank.origin());
		keeper.put('partnerOrigin', '', () => partner.origin());
	}
	keeper.flush();
	return { casso, simplize, keeper, isNew };
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
