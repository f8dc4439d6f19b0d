import pytest

from support_chat.module_graph import module_graph

SELDOM_NEEDED = {f"support_chat/{name}.js" for name in ("fallback_link", "shared_stream", "event_stream")}


@pytest.mark.parametrize("entry", ["widget/panel.js", "agents/console.js"])
def test_code_for_networks_that_block_websockets_is_mapped_and_not_loaded_before_it_is_needed(
    entry: str,
) -> None:
    graph = module_graph(entry)
    assert set(graph.later) >= SELDOM_NEEDED
    assert not SELDOM_NEEDED & set(graph.first)


def test_what_only_a_chat_needs_is_not_loaded_before_something_is_said() -> None:
    graph = module_graph("widget/panel.js")
    chat = {"widget/talk.js", "widget/chat_log.js", "support_chat/outbox.js", "support_chat/timeline.js"}
    assert chat <= set(graph.later)
    assert not chat & set(graph.first)
