/** What a trigger starts on: every event, or money in or out alone. */
import type { INodeProperties } from 'n8n-workflow';

const LABEL = 'Trigger On';

/**
 * n8n's panel of nodes lists the options of a field with this label, e.g. "On money in", as entries of their own.
 *
 * @param event in lower case, e.g. `transaction`
 */
export function triggerOnField(event: string): INodeProperties {
	return {
		displayName: LABEL,
		name: 'direction',
		type: 'options',
		default: 'any',
		options: [
			{
				name: titleOf(event),
				value: 'any',
				action: `On new ${event}`,
				description: 'Money in and money out',
			},
			{ name: 'Money In', value: 'in', action: 'On money in', description: `A ${event} that adds money` },
			{ name: 'Money Out', value: 'out', action: 'On money out', description: `A ${event} that takes money` },
		],
		description: `Which ${event}s start the workflow`,
	};
}

export function triggerOnSubtitle(event: string): string {
	return `={{ { in: "Money In", out: "Money Out" }[$parameter["direction"]] ?? "${titleOf(event)}" }}`;
}

function titleOf(event: string): string {
	return `New ${event.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())}`;
}
