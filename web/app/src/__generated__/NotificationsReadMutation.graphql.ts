/**
 * @generated SignedSource<<291597c0ee31e7630d87c49c29cd6f86>>
 * @relayHash 3812f262da9fb932b49635a6fb690297
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID ba39a2373f389a8338211bc2e9d59c17c0eb5d5dadd3f70e270a3b0b2d05a4e5

import { ConcreteRequest } from 'relay-runtime';
export type NotificationState = "DISMISSED" | "READ" | "UNREAD" | "%future added value";
export type UpdateNotificationsInput = {
  advertiserId: string;
  ids: ReadonlyArray<string>;
  state: NotificationState;
};
export type NotificationsReadMutation$variables = {
  input: UpdateNotificationsInput;
};
export type NotificationsReadMutation$data = {
  readonly updateNotifications: {
    readonly notifications: ReadonlyArray<{
      readonly advertiser: {
        readonly id: string;
        readonly notifications: {
          readonly unreadCount: number | null | undefined;
        } | null | undefined;
      };
      readonly id: string;
      readonly state: NotificationState;
    } | null | undefined>;
    readonly userErrors: ReadonlyArray<{
      readonly message: string;
    }>;
  } | null | undefined;
};
export type NotificationsReadMutation = {
  response: NotificationsReadMutation$data;
  variables: NotificationsReadMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "UpdateNotificationsPayload",
    "kind": "LinkedField",
    "name": "updateNotifications",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Notification",
        "kind": "LinkedField",
        "name": "notifications",
        "plural": true,
        "selections": [
          (v1/*:: as any*/),
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
            "concreteType": "Advertiser",
            "kind": "LinkedField",
            "name": "advertiser",
            "plural": false,
            "selections": [
              (v1/*:: as any*/),
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
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "UserError",
        "kind": "LinkedField",
        "name": "userErrors",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "NotificationsReadMutation",
    "selections": (v2/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NotificationsReadMutation",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "ba39a2373f389a8338211bc2e9d59c17c0eb5d5dadd3f70e270a3b0b2d05a4e5",
    "metadata": {},
    "name": "NotificationsReadMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "cb28cbc8b144634170635b8b8cba4eae";

export default node;
