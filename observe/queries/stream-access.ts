import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';

export const seesRejects = (scope: Scope): boolean => may(scope, 'rejects');
