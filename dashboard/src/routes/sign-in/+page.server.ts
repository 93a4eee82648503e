import { translate } from '#lib/i18n/translate.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ title: translate(locals.locale, 'sign_in.title') });
