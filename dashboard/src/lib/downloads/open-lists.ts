import { mayList } from '@hengjian/contract/may-list.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { STORED_LIST_TYPES, type StoredListId } from './stored-list-types.ts';

/** Those of the lists that somebody may take away. */
export const openLists = (scope: Scope, ids: readonly StoredListId[]): StoredListId[] =>
  ids.filter((id) => mayList(scope, STORED_LIST_TYPES[id]));
