// Making, changing and deleting channels.

import { t } from "../i18n.js";
import { checkChannel } from "../rules.js";
import { formDialog } from "./form-dialog.js";
import { field } from "./parts.js";

const channelFields = () => ({
  name: field({ name: "name", label: t("channelName"), hint: t("ruleChannelName"), testid: "channel-name", maxlength: "50", autocomplete: "off" }),
  description: field({ name: "description", label: t("channelDescription"), testid: "channel-description", maxlength: "255", autocomplete: "off" }),
});

export function newChannelDialog(chat) {
  formDialog({
    title: t("newChannel"), testid: "channel-form", submit: t("create"), submitId: "channel-create",
    fields: channelFields(), check: checkChannel,
    act: ({ name, description }) => chat.createChannel(name, description),
  });
}

export function editChannelDialog(chat, channel) {
  const fields = channelFields();
  fields.name.input.value = channel.name;
  fields.description.input.value = channel.description ?? "";
  formDialog({
    title: t("renameChannel"), testid: "channel-form", submit: t("save"), submitId: "channel-save",
    fields, check: checkChannel,
    act: ({ name, description }) => chat.updateChannel(channel.id, name, description),
  });
  fields.name.input.select();
}

export function deleteChannelDialog(chat, channel) {
  formDialog({
    title: channel.type === "PUBLIC" ? t("deleteChannelTitle", { name: channel.name }) : t("deletePrivateTitle"),
    intro: t("deleteChannelText"), testid: "channel-delete-form", submit: t("remove"), submitId: "channel-delete-confirm", danger: true,
    act: () => chat.deleteChannel(channel.id),
  });
}

/** What a manager may do with a channel, for a menu. */
export const channelItems = (chat, channel) => [
  channel.type === "PUBLIC" && { label: t("renameChannel"), icon: "edit", testid: "channel-edit", act: () => editChannelDialog(chat, channel) },
  { label: t("deleteChannel"), icon: "trash", danger: true, testid: "channel-delete", act: () => deleteChannelDialog(chat, channel) },
];
