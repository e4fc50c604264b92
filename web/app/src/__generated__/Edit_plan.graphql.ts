/**
 * @generated SignedSource<<04caacb726ed87276b7b2ea23b0efa75>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type PlanWarningCode = "BID_CUT_MUCH" | "BID_RAISED_MUCH" | "BUDGET_CUT_MUCH" | "BUDGET_RAISED_MUCH" | "CANNOT_BE_UNDONE" | "CHANGES_NOTHING" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type Edit_plan$data = {
  readonly blocked: number;
  readonly changing: number;
  readonly dailyBudget: {
    readonly new: {
      readonly amount: string;
      readonly currency: string;
    } | null | undefined;
    readonly old: {
      readonly amount: string;
      readonly currency: string;
    } | null | undefined;
    readonly percent: number | null | undefined;
  } | null | undefined;
  readonly expiresAt: string;
  readonly items: ReadonlyArray<{
    readonly difference: {
      readonly budget: {
        readonly new: {
          readonly amount: string;
          readonly currency: string;
        } | null | undefined;
        readonly old: {
          readonly amount: string;
          readonly currency: string;
        } | null | undefined;
        readonly percent: number | null | undefined;
      } | null | undefined;
      readonly status: {
        readonly new: EntityStatus;
        readonly old: EntityStatus;
      } | null | undefined;
    } | null | undefined;
    readonly id: string;
    readonly name: string | null | undefined;
    readonly userErrors: ReadonlyArray<{
      readonly code: UserErrorCode;
      readonly message: string;
    }>;
    readonly warnings: ReadonlyArray<{
      readonly code: PlanWarningCode;
      readonly message: string;
    }>;
  }>;
  readonly lifetimeBudget: {
    readonly new: {
      readonly amount: string;
      readonly currency: string;
    } | null | undefined;
    readonly old: {
      readonly amount: string;
      readonly currency: string;
    } | null | undefined;
    readonly percent: number | null | undefined;
  } | null | undefined;
  readonly token: string | null | undefined;
  readonly " $fragmentType": "Edit_plan";
};
export type Edit_plan$key = {
  readonly " $data"?: Edit_plan$data;
  readonly " $fragmentSpreads": FragmentRefs<"Edit_plan">;
};

const node: ReaderFragment = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "amount",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "currency",
    "storageKey": null
  }
],
v1 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "old",
    "plural": false,
    "selections": (v0/*:: as any*/),
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "new",
    "plural": false,
    "selections": (v0/*:: as any*/),
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "percent",
    "storageKey": null
  }
],
v2 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "code",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "message",
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Edit_plan",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "token",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "expiresAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "changing",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "blocked",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "MoneyStep",
      "kind": "LinkedField",
      "name": "dailyBudget",
      "plural": false,
      "selections": (v1/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "MoneyStep",
      "kind": "LinkedField",
      "name": "lifetimeBudget",
      "plural": false,
      "selections": (v1/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "PlannedItem",
      "kind": "LinkedField",
      "name": "items",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "id",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "name",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Difference",
          "kind": "LinkedField",
          "name": "difference",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "concreteType": "StatusStep",
              "kind": "LinkedField",
              "name": "status",
              "plural": false,
              "selections": [
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "old",
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "new",
                  "storageKey": null
                }
              ],
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "MoneyStep",
              "kind": "LinkedField",
              "name": "budget",
              "plural": false,
              "selections": (v1/*:: as any*/),
              "storageKey": null
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "PlanWarning",
          "kind": "LinkedField",
          "name": "warnings",
          "plural": true,
          "selections": (v2/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "UserError",
          "kind": "LinkedField",
          "name": "userErrors",
          "plural": true,
          "selections": (v2/*:: as any*/),
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "UpdatePlan",
  "abstractKey": null
};
})();

(node as any).hash = "cf52380384d5a853b5fa559d4632f88d";

export default node;
