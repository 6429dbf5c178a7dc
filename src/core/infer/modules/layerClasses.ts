/** PyTorch's own classes of layers: which derive from which, and what the classes have of their own (PyTorch 1.13 to 2.x). */

/** The direct base of a class, where it is another one than `nn.Module`. Both by their last name. */
const bases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    _NormBase: "_BatchNorm _InstanceNorm",
    _BatchNorm: "BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d",
    _InstanceNorm:
      "InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d",
    _ConvNd: "Conv1d Conv2d Conv3d _ConvTransposeNd",
    _ConvTransposeNd: "ConvTranspose1d ConvTranspose2d ConvTranspose3d",
    Conv1d: "LazyConv1d",
    Conv2d: "LazyConv2d",
    Conv3d: "LazyConv3d",
    ConvTranspose1d: "LazyConvTranspose1d",
    ConvTranspose2d: "LazyConvTranspose2d",
    ConvTranspose3d: "LazyConvTranspose3d",
    Linear: "LazyLinear NonDynamicallyQuantizableLinear",
    Hardtanh: "ReLU6",
    _DropoutNd: "Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout",
    _Loss:
      "_WeightedLoss L1Loss PoissonNLLLoss GaussianNLLLoss KLDivLoss MSELoss BCEWithLogitsLoss HingeEmbeddingLoss " +
      "MultiLabelMarginLoss SmoothL1Loss HuberLoss SoftMarginLoss CosineEmbeddingLoss MarginRankingLoss " +
      "TripletMarginLoss TripletMarginWithDistanceLoss CTCLoss",
    _WeightedLoss: "NLLLoss BCELoss CrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss",
    NLLLoss: "NLLLoss2d",
    _ConstantPadNd: "ConstantPad1d ConstantPad2d ConstantPad3d",
    _ReflectionPadNd: "ReflectionPad1d ReflectionPad2d ReflectionPad3d",
    _ReplicationPadNd: "ReplicationPad1d ReplicationPad2d ReplicationPad3d",
    ConstantPad1d: "ZeroPad1d",
    ConstantPad2d: "ZeroPad2d",
    ConstantPad3d: "ZeroPad3d",
    _MaxPoolNd: "MaxPool1d MaxPool2d MaxPool3d",
    _MaxUnpoolNd: "MaxUnpool1d MaxUnpool2d MaxUnpool3d",
    _AvgPoolNd: "AvgPool1d AvgPool2d AvgPool3d",
    _LPPoolNd: "LPPool1d LPPool2d LPPool3d",
    _AdaptiveMaxPoolNd: "AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d",
    _AdaptiveAvgPoolNd: "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d",
    RNNBase: "RNN LSTM GRU",
    RNNCellBase: "RNNCell LSTMCell GRUCell",
    Upsample: "UpsamplingNearest2d UpsamplingBilinear2d",
  }).flatMap(([base, classes]) => classes.split(" ").map((name) => [name, base] as const)),
);

const abstractClasses = new Set([...bases.values()].filter((name) => name.startsWith("_") || /^RNN.*Base$/.test(name)));

/** `torch.nn.Conv2d`, `torch.nn.modules.conv.Conv2d`: the last name is one class's only. */
const qualified = /^torch\.nn\.(?:modules\.(?:\w+\.)?)?(\w+)$/;

/** Whether a class of PyTorch derives from another one; false for names that are no layers. */
export function layerDerives(own: string, from: string): boolean {
  const wanted = qualified.exec(from)?.[1];
  let current = qualified.exec(own)?.[1];
  while (current !== undefined && current !== wanted) current = bases.get(current);
  return current !== undefined;
}

/** A class of `torch.nn.modules` that only other layers derive from, such as `_BatchNorm`. */
export function isAbstractLayer(name: string): boolean {
  return abstractClasses.has(qualified.exec(name)?.[1] ?? "");
}

/** What single classes of layers have beside what all modules have: methods and constants. */
const ownNames = new Set(
  (
    "NamedShape _apply_instance_norm _check_input_dim _check_non_zero_input_channels _conv_forward _ff_block " +
    "_fill_padding_idx_with_zero _get_abs_string_index _get_full_log_prob _get_in_channels _get_item_by_idx " +
    "_get_no_batch_dim _get_num_spatial_dims _handle_no_batch_input _infer_parameters _key_to_attr _lazy_load_hook " +
    "_mha_block _output_padding _require_tuple_int _require_tuple_tuple _reset_parameters _sa_block all_weights append " +
    "check_forward_args check_hidden_size check_input clear cls_to_become convert_sync_batchnorm copy extend " +
    "flatten_parameters from_pretrained fromkeys gather generate_square_subsequent_mask get get_expected_cell_size " +
    "get_expected_hidden_size has_uninitialized_params initialize_parameters insert items keys log_prob merge_masks " +
    "parallel_apply permute_hidden pop popitem predict replicate reset_parameters reset_running_stats scatter " +
    "setdefault update values"
  ).split(" "),
);

export function isNameOfLayerClass(name: string): boolean {
  return ownNames.has(name);
}

/** What layers keep of their arguments, and the layers inside of them; parameters and buffers stand in their rows. */
const keptNames = new Set(
  (
    "activation activation_relu_or_gelu add_zero_attn affine align_corners alpha approximate batch_first beta " +
    "bidirectional blank ceil_mode count_include_pad cutoffs d_model decoder delta device_ids dilation dim dim_feedforward " +
    "distance_function div_value divisor_override downscale_factor dropout dropout1 dropout2 dropout3 elementwise_affine " +
    "embed_dim embedding_dim enable_nested_tensor encoder end_dim eps full groups head head_bias head_dim head_size " +
    "hidden_size ignore_index in1_features in2_features in_channels in_features include_last_offset inplace input_size k " +
    "kdim keepdim kernel_size label_smoothing lambd layers linear1 linear2 log_input log_target lower margin mask_check " +
    "max_norm max_val min_val mode module momentum multihead_attn n_classes n_clusters name negative_slope nhead " +
    "nonlinearity norm norm1 norm2 norm3 norm_first norm_type normalized_shape num_channels num_embeddings num_features " +
    "num_groups num_heads num_layers num_parameters original_name out_channels out_features out_proj output_padding " +
    "output_ratio output_size p padding padding_idx padding_mode parametrizations proj_size recompute_scale_factor " +
    "reduction return_indices scale_factor scale_grad_by_freq self_attn shortlist_size size sparse start_dim stride swap " +
    "tail threshold track_running_stats transposed unflattened_size upper upscale_factor use_nested_tensor value vdim " +
    "zero_infinity"
  ).split(" "),
);

/** Whether an object of some class of layers may have it, beside its parameters and what all modules have. */
export function mayLayerHave(name: string): boolean {
  return ownNames.has(name) || keptNames.has(name) || /^(_|weight|bias|running_|num_batches|pos_weight)/.test(name);
}
