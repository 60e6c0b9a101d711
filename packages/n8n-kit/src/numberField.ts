/** A number parameter whose label and range are those of core's table of options. */
import { NUMBER_OPTIONS, type NumberOption, type NumberOptionName } from '@saoke/core/common';
import type { INodeProperties } from 'n8n-workflow';

/** @param name of the parameter, if it is not that of the option */
export function numberField(
	option: NumberOptionName,
	name: string = option,
): Pick<INodeProperties, 'displayName' | 'name' | 'typeOptions'> & { type: 'number' } {
	const { label, min, max }: NumberOption = NUMBER_OPTIONS[option];
	return {
		displayName: label,
		name,
		type: 'number',
		typeOptions: { minValue: min, ...(max === undefined ? {} : { maxValue: max }) },
	};
}
