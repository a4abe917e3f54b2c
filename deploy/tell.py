"""Tells a webhook (a chat, a pager, ntfy …) what deploy/automations.yaml says is worth telling: python deploy/tell.py URL

With PREFECT_API_URL set. Run it again to change the URL or after a change of the file."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from prefect.automations import Automation
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import get_client

AUTOMATIONS = Path(__file__).with_name("automations.yaml")
NO_BLOCK = "00000000-0000-0000-0000-000000000000"


def main(url: str) -> None:
    block = CustomWebhookNotificationBlock(name="communique", url=url, json_data={"text": "{{subject}}\n{{body}}"})
    block_id = block.save("communique", overwrite=True)
    for values in yaml.safe_load(AUTOMATIONS.read_text().replace(NO_BLOCK, str(block_id)))["automations"]:
        with get_client(sync_client=True) as client:
            for old in client.read_automations_by_name(values["name"]):
                client.delete_automation(old.id)
        Automation(**values).create()
        print(f"automation {values['name']!r}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        sys.exit("usage: python deploy/tell.py URL")
    main(sys.argv[1])
