/**
 * @generated SignedSource<<82ef9790ce3fc8aefddb0cab635b77d7>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type NotificationSeverity = "CRITICAL" | "INFO" | "WARNING" | "%future added value";
export type NotificationState = "DISMISSED" | "READ" | "UNREAD" | "%future added value";
export type NotificationType = "AD_REJECTED" | "BUDGET_SPENT" | "CAMPAIGN_ENDING" | "CREDIT_LOW" | "INVOICE_OVERDUE" | "PAYMENT_FAILED" | "TAG_SILENT" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type Alert_notification$data = {
  readonly createdAt: string;
  readonly entity: {
    readonly __typename: string;
    readonly adName?: string | null | undefined;
    readonly id: string;
    readonly name?: string;
  } | null | undefined;
  readonly id: string;
  readonly params: unknown;
  readonly severity: NotificationSeverity;
  readonly state: NotificationState;
  readonly textKey: string;
  readonly type: NotificationType;
  readonly " $fragmentType": "Alert_notification";
};
export type Alert_notification$key = {
  readonly " $data"?: Alert_notification$data;
  readonly " $fragmentSpreads": FragmentRefs<"Alert_notification">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Alert_notification",
  "selections": [
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "type",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "severity",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "state",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "textKey",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "params",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "createdAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": null,
      "kind": "LinkedField",
      "name": "entity",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "__typename",
          "storageKey": null
        },
        (v0/*:: as any*/),
        {
          "kind": "InlineFragment",
          "selections": (v1/*:: as any*/),
          "type": "Campaign",
          "abstractKey": null
        },
        {
          "kind": "InlineFragment",
          "selections": (v1/*:: as any*/),
          "type": "AdGroup",
          "abstractKey": null
        },
        {
          "kind": "InlineFragment",
          "selections": [
            {
              "alias": "adName",
              "args": null,
              "kind": "ScalarField",
              "name": "name",
              "storageKey": null
            }
          ],
          "type": "Ad",
          "abstractKey": null
        },
        {
          "kind": "InlineFragment",
          "selections": (v1/*:: as any*/),
          "type": "ConversionTag",
          "abstractKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Notification",
  "abstractKey": null
};
})();

(node as any).hash = "cc5488764d2b0c6600f86eb72fd12eb1";

export default node;
