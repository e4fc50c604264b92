/**
 * @generated SignedSource<<302be0577937571bd8ed154b0c9f0324>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type AdvertiserStatus = "ACTIVE" | "DISABLED" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type Shell_advertiser$data = {
  readonly country: string;
  readonly currency: string;
  readonly id: string;
  readonly name: string;
  readonly notifications: {
    readonly unreadCount: number | null | undefined;
  } | null | undefined;
  readonly status: AdvertiserStatus;
  readonly timeZone: string;
  readonly viewerCanEditCampaigns: boolean;
  readonly viewerCanViewBilling: boolean;
  readonly viewerCanViewCampaigns: boolean;
  readonly viewerCanViewMembers: boolean;
  readonly " $fragmentType": "Shell_advertiser";
};
export type Shell_advertiser$key = {
  readonly " $data"?: Shell_advertiser$data;
  readonly " $fragmentSpreads": FragmentRefs<"Shell_advertiser">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Shell_advertiser",
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
      "kind": "ScalarField",
      "name": "country",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "currency",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "timeZone",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "status",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "viewerCanViewCampaigns",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "viewerCanEditCampaigns",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "viewerCanViewBilling",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "viewerCanViewMembers",
      "storageKey": null
    },
    {
      "alias": null,
      "args": [
        {
          "kind": "Literal",
          "name": "first",
          "value": 1
        }
      ],
      "concreteType": "NotificationConnection",
      "kind": "LinkedField",
      "name": "notifications",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "unreadCount",
          "storageKey": null
        }
      ],
      "storageKey": "notifications(first:1)"
    }
  ],
  "type": "Advertiser",
  "abstractKey": null
};

(node as any).hash = "853ded20c40a43418f732ac8fd6be97f";

export default node;
