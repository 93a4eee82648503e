import { inRowsFromFirst, type ListWriter, member, textOf, textsOf, whenOf } from './list-writer.ts';

const STEPS = ['push.claimed', 'push.receipt_fed_back', 'push.returned', 'push.return_confirmed'] as const;
/** A push need not name a licence matter; its row must. */
const NO_MATTER = '未注明';

/** 双告知: a row per push with its steps; of several versions each in a row of its own. */
export const pushes: ListWriter = {
  types: ['registration.pushed', ...STEPS],
  record: member('push_id'),
  rows(events, { nameOf }) {
    return inRowsFromFirst(events, this.types).map((row) => {
      const pushed = row.get('registration.pushed');
      const [claimed, received, returned, confirmed] = STEPS.map((type) => row.get(type));
      const unit = pushed && nameOf(pushed.department);
      const isUnlicensed = pushed?.data.bucket === 'unlicensed';
      return {
        pushid: pushed && textOf(pushed, 'push_id'),
        subject: pushed?.subject,
        name: pushed && textOf(pushed, 'name'),
        matter: pushed && (textsOf(pushed, 'matters').join('、') || NO_MATTER),
        pushed: pushed && whenOf(pushed),
        actual: isUnlicensed ? '' : unit,
        function: isUnlicensed ? unit : '',
        type: isUnlicensed ? '属地' : '',
        claimed: claimed && whenOf(claimed),
        received: received && whenOf(received),
        returned: returned && whenOf(returned),
        reason: returned && textOf(returned, 'reason'),
        confirmed: confirmed && whenOf(confirmed),
      };
    });
  },
};
