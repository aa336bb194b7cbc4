"""A language model with random weights, made in a moment: a llama of two layers whose words are bytes."""

from pathlib import Path

import gguf
import numpy as np

_WIDTH, _INNER, _HEADS, _LAYERS = 64, 128, 4, 2
_SPECIAL = [b"<unk>", b"<s>", b"</s>"]
_TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant: "


def write_tiny_model(path: Path) -> None:
    """Write the model as GGUF."""
    tokens = [*_SPECIAL, *(b"<0x%02X>" % byte for byte in range(256))]
    kind = gguf.TokenType
    # A grammar lets it write ASCII only: noise in other bytes would be no UTF-8.
    kinds = [kind.UNKNOWN, kind.CONTROL, kind.CONTROL, *[kind.BYTE] * 128, *[kind.UNUSED] * 128]
    model = gguf.GGUFWriter(str(path), "llama")
    model.add_context_length(1 << 15)
    model.add_embedding_length(_WIDTH)
    model.add_feed_forward_length(_INNER)
    model.add_block_count(_LAYERS)
    model.add_head_count(_HEADS)
    model.add_rope_dimension_count(_WIDTH // _HEADS)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_vocab_size(len(tokens))
    model.add_tokenizer_model("llama")
    model.add_token_list(tokens)
    model.add_token_scores([0.0] * len(tokens))
    model.add_token_types(kinds)
    model.add_bos_token_id(1)
    model.add_eos_token_id(2)
    model.add_unk_token_id(0)
    model.add_add_space_prefix(value=False)
    model.add_chat_template(_TEMPLATE)
    _add_weights(model, len(tokens))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


def _add_weights(model: gguf.GGUFWriter, tokens: int) -> None:
    rng = np.random.default_rng(7)
    square, wide, narrow = (_WIDTH, _WIDTH), (_INNER, _WIDTH), (_WIDTH, _INNER)
    shapes = {"token_embd": (tokens, _WIDTH), "output": (tokens, _WIDTH)}
    for layer in range(_LAYERS):
        names = {"attn_q": square, "attn_k": square, "attn_v": square, "attn_output": square,
                 "ffn_gate": wide, "ffn_up": wide, "ffn_down": narrow}  # fmt: skip
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in names.items()}
        for name in ("attn_norm", "ffn_norm"):
            model.add_tensor(f"blk.{layer}.{name}.weight", np.ones(_WIDTH, np.float32))
    model.add_tensor("output_norm.weight", np.ones(_WIDTH, np.float32))
    for name, shape in shapes.items():
        model.add_tensor(f"{name}.weight", (rng.standard_normal(shape) * 0.05).astype(np.float32))
